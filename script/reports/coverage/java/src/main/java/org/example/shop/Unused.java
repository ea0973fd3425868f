package org.example.shop;

public class Unused {
  public int one() {
    Runnable run = new Runnable() {
      public void run() { System.out.println("never"); }
    };
    run.run();
    return 1;
  }
}

def one():
    return 1


if one() == 2:
    print("never")

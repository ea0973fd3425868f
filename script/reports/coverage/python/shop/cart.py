from dataclasses import dataclass, field


@dataclass
class Cart:
    items: dict = field(default_factory=dict)

    def add(self, name, price, count=1):
        if count < 1:
            raise ValueError("count")
        old = self.items.get(name, (price, 0))
        self.items[name] = (price, old[1] + count)

    def total(self, discount=None):
        total = sum(price * count for price, count in self.items.values())
        if discount:
            if discount > 1:
                return 0
            total *= 1 - discount
        return total

    def remove(self, name):
        for key in list(self.items):
            if key == name:
                del self.items[key]
                break
        else:
            raise KeyError(name)


def never():
    values = [1, 2, 3]
    while values:
        values.pop()
    return values

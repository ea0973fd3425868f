def parse(text):
    try:
        return float(text)
    except ValueError:
        return None


def show(price): return f"{price:.2f}" if price is not None else "?"


class Currency:
    def __init__(self, code):
        self.code = code

    def __str__(self):
        return self.code

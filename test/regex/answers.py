"""What Python's own re.match says: python3 test/regex/answers.py > test/regex/answers.json"""

import json
import re
import sys
import warnings

warnings.simplefilter("ignore")

NAMES = [
    "", "a", "ab", "aab", "abab", "coverage", "Coverage", "COVERAGE\n", "coverage_total", "bench_parse", "bench_1.5",
    "größe", "GRÖẞE", "straße", "😀", "a😀b", "Kelvin \u212a", "ſtep", "STEP", "İstanbul", "x]", "[a", "a{,3}", "{a}",
    "aaa", "aaaa", "a b", "a\nb", "a\n", "1a", "١٢", "\u2028", "\x1c", "tab\t", "a-b", "a.b", "_x", "a#b", "µ", "σς",
    "unit-tests: 12", "steps.test.outputs.coverage", "test_test", "\\n", "^$", "a|b", "é", "e\u0301", "\U00010428",
]

EXPRESSIONS = [
    # Places
    r"coverage\Z", r"\Acoverage", r"coverage$", r"^coverage", r"a$", r"a$\n", r"a\Z\n", r"^$", r"$", r"\Z", r"\A\Z", r"(?m)a$", r"(?m)a$\nb",
    r"(?m)a\n^b", r"a\n^b", r"(?m)^$", r"(?s)a.*^b", r"\bcoverage\b", r"a\b", r"a\B", r"gr\b", r"gr\B", r"(?a)gr\b", r"(?a:gr\b)öße", r"\B", r"\b",
    r".*\bb", r"(?:a$)+", r"(a|$)b?", r"x*$", r"(?:$|a)(?:$|b)",
    # Characters
    r".", r"^.$", r"^..$", r"(?s).", r"(?s:a.b)", r"a.b", r"\.", r"a\.b", r"a\-b", r"\^\$", r"a\|b", r"\{a\}", r"\\n", r"\/", r"\#", r"a#b",
    r"\x61", r"\u0061", r"\U0001F600", r"\U00000061", r"\141", r"\0", r"\07", r"a\n", r"\t", r"tab\t", r"\ue9", r"\u00e9", r"\a|\f|\v|\r",
    "😀", "a😀b", "größe", "\u2028", r"\x1c",
    # Sets
    r"[]x]+$", r"[^]x]+$", r"x[]]", r"[a-]", r"[-a]", r"a[-b]b", r"[a\-b]+", r"[a\]]", r"[\]]", r"[\b]", r"[[a]", r"[[:alpha:]]", r"[a&&b]", r"[a--b]", r"[a||b]",
    r"[\w-]+$", r"[^\W\d_]+$", r"[\W]", r"[^\W]", r"[\W_]", r"[\d.]+", r"[\D]", r"[^\s]+$", r"[\s\S]+$", r"[^\n]+$", r"[\n]", r"[à-ü]", r"[😀-😂]", r"[^a-z]", r"[+--]",
    r"[\x61-\x63]+", r"[\141]", r"[.]", r"[$^]", r"[a-z]+\Z", r"[\u0391-\u03c9]+$",
    # Classes
    r"\w+$", r"\W", r"\d+", r"\D", r"\s", r"\S+$", r"(?a)\w+$", r"(?a)\d+", r"(?a)\s", r"(?a)\W", r"(?a)[^\W]", r"(?u)\w+$", r"(?a:\w)\w+$", r"\w\d", r"(?a)\S",
    # Repeats
    r"a*$", r"a+$", r"a?$", r"a{2}", r"a{,3}$", r"a{2,}$", r"a{,}$", r"a{1,2}$", r"a{0}$", r"a{", r"a{,", r"a{a}", r"{a}", r"a{,3", r"a{1,2}?b", r"a*?b", r"a+?$", r"a??b",
    r"(?:ab)+$", r"(ab){2}", r"(?:a|b)*$", r"(a*)*$", r"(?:a*)+b", r"(?:){3}a", r"(a?){3}$", r"(a{1,2}){2}$", r"a{1001}|a", r"a{ 1}", r"\w{5,}", r"(?:a{1,40}){1,40}$",
    # Groups and flags
    r"(?P<name>co)verage", r"(?P<suite>.*)", r"(?:a)b", r"(?#comment)a", r"a(?#c)+$", r"(?i)coverage", r"(?i:COV)erage", r"(?i:COV)ERAGE", r"(?-i:a)", r"(?i)(?-i:c)OVERAGE",
    r"(?x) a  b # comment", r"(?x)a\ b", r"(?x)[ ]|a", r"(?x: a b)", r"(?x)a #", r"(?im)^COVERAGE$", r"(?i)GRÖSSE", r"(?i)größe", r"(?i)GRÖẞE", r"(?i)STRASSE", r"(?i)straße",
    r"(?i)[\w-]+$", r"(?i)kelvin k", r"(?i)kelvin \u212a", r"(?i)step", r"(?i)[s]tep", r"(?i)[r-t]tep", r"(?i)[^s]", r"(?i)ſ", r"(?i)[k]", r"(?i)istanbul", r"(?i)[i]", r"(?i)ıstanbul",
    r"(?ai)kelvin k", r"(?ai)step", r"(?ai)É", r"(?i)É", r"(?i)\u03bc", r"(?i)ΣΣ", r"(?i)[Σ]+$", r"(?i)[à-ü]", r"(?i)[A-Z]+$", r"(?i)[^a-z]", r"(?i)\x41", r"(?i)[😀]",
    r"(?s)(?i)A.B", r"bench_|cover", r"(bench|cover)\w*$", r"|a", r"a|", r"(?:|a)b", r"()a", r"(?:a(?i:B))", r"(?is:A.B)", r"(?i:a)(?s:.)b",
    # Lookaround, references, atomic
    r"(?=cov)", r"(?!cov)", r"(?=.*total)cov", r"cov(?!erage$)", r"(?!.*secret).*", r"(?<!a)b", r"a(?<=a)b", r"a(?<!a)b", r".*(?<=total)$", r".*(?<!total)$", r"(?<=x|y)a", r"(?:(?<=a)b|a)+$",
    r"(?=a)*a", r"(a)\1", r"(?P<c>a)(?P=c)", r"(test)_\1", r"(?P<w>\w+)_(?P=w)$", r"(a|b)(?:\1)", r"((a)b)\1", r"(?=(a+))\1b", r"(?:(a)\1)+$", r"(?>a+)b", r"(?>a+)ab", r"a++b", r"a*+a", r"a?+a", r"(?:ab)++$", r"a{1,2}+a",
    r"(?<=\b)a", r"(?!\d)\w+$", r"(?=\w+$)(?!a)", r"(?i)(?=COV)", r"(?<![\w])a", r"(?s)(?!.*\n).+$",
    # What neither takes, and what is not read here
    r"(", r")", r"[", r"a**", r"a+*", r"*a", r"+", r"?a", r"^*", r"\b+", r"(?P<1a>a)", r"(?P<a>x)(?P<a>y)", r"(?P=x)", r"\1", r"(\1)", r"\8", r"\g", r"\p{L}", r"\N{BULLET}", r"\z", r"\u12", r"\x1", r"\400",
    r"[z-a]", r"[\d-z]", r"a{3,2}", r"a(?i)", r"(?z)a", r"(?L)a", r"(?<n>a)", r"(?'n'a)", r"(?<=a+)b", r"(?<=a|bc)d", r"(?(1)a|b)", r"(a)?(?(1)b|c)", r"(a)?\1", r"(?:(a)|b)\1", r"(?i)(a)\1", r"(?au)a", r"(?-a:a)",
    r"(?:a*?)?+a{2}", r"(?>(?:a|)?b)", r"(?=((?:a*?)?))\1b", r"(?=(?:a*)*b)",
    r"(?i)[\U00010400-\U00010427]", r"(?i)\U00010400", r"a" + "\\", r"(?P<n", r"(?", r"(?#", r"a{4294967296}",
]


def answer(expression):
    try:
        compiled = re.compile(expression)
    except Exception as error:
        return {"expression": expression, "error": str(error)}
    matched = [index for index, name in enumerate(NAMES) if compiled.match(name)]
    return {"expression": expression, "matches": matched}


answers = ",\n    ".join(json.dumps(answer(expression)) for expression in EXPRESSIONS)
names = json.dumps(NAMES)
python = json.dumps(sys.version.split()[0])
print('{\n  "python": %s,\n  "names": %s,\n  "answers": [\n    %s\n  ]\n}' % (python, names, answers))

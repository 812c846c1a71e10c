using Review.Tables.Lookups;

namespace Review.Tests.Tables;

/// <summary>Decisions computed from C.</summary>
public sealed class LookupTests
{
    private const string Switch = """
        static int f(int behavior)
        {
        	switch (behavior) {
        	case MADV_A:
        #ifdef CONFIG_P
        	case MADV_B: /* case MADV_D: */
        #endif
        		return 1;
        #if defined(CONFIG_Q) && !defined(CONFIG_P)
        	case MADV_C:
        		return 2;
        #else
        	case MADV_D:
        		return 3;
        #endif
        	default:
        		return 0;
        	}
        }

        """;

    [Theory]
    [InlineData("", 0, 1)]
    [InlineData("", 3, 0)]
    [InlineData("", 90, 3)]
    [InlineData("CONFIG_P", 3, 1)]
    [InlineData("CONFIG_Q", 4, 2)]
    [InlineData("CONFIG_Q", 90, 0)]
    [InlineData("CONFIG_P CONFIG_Q", 4, 0)]
    [InlineData("CONFIG_P CONFIG_Q", 90, 3)]
    [InlineData("CONFIG_P", int.MinValue, 0)]
    [InlineData("CONFIG_P", int.MaxValue, 0)]
    public void Conditional_labels_count_under_their_options(string on, int value, int answer) =>
        Assert.Equal($"{answer}", Sample.Answers(Switch, "f", on.Split(' ', StringSplitOptions.RemoveEmptyEntries))![value]);

    [Fact]
    public void Every_number_is_covered_once()
    {
        var ranges = Sample.Answers(Switch, "f", "CONFIG_P")!.Ranges;
        Assert.Equal((int.MinValue, int.MaxValue), (ranges[0].Low, ranges[^1].High));
        Assert.All(ranges.Zip(ranges.Skip(1)), static pair => Assert.Equal(pair.First.High + 1L, pair.Second.Low));
        Assert.Equal(["0", "1", "0", "1", "0", "3", "0"], ranges.Select(static range => range.Answer));
    }

    [Theory]
    [InlineData("int f(int b) { if (b == MADV_A || b == MADV_C) return 1; else if (b != MADV_D) return 2; return 3; }", "0:1 4:1 90:3 5:2 -1:2")]
    [InlineData("int f(int b) { int r = 5; switch (b) { case MADV_A: r = 6; break; case MADV_B ... MADV_C: r = 7; /* fallthrough */ case MADV_D: r++; r = 8; } return r; }", "0:6 3:8 4:8 90:8 1:5")]
    [InlineData("bool g(struct x *x) { return x->adv == MADV_A; }\nint f(struct x *x) { if (g(x)) return -EINVAL; switch (x->adv) { case MADV_B: return LOCK_READ; } return LOCK_NONE; }", "0:-EINVAL 3:LOCK_READ 90:LOCK_NONE")]
    [InlineData("int f(int *b) { if (*b >= 90) return 0; return *b == MADV_A ? 1 : IS_ENABLED(CONFIG_NOT_HERE) ? 2 : 3; }", "0:1 -5:3 100:0")]
    [InlineData("static const char t[] = { [MADV_B] = 2, [MADV_D] = 1 };\nint f(int b) { if (b >= ARRAY_SIZE(t)) return 9; return t[b]; }", "3:2 90:1 91:9 -1:9 0:0")]
    [InlineData("static const char t[] = { [MADV_B] = 2, [MADV_D] = 1 };\nint f(int b) { if (b > 90) return 9; return !t[b]; }", "3:0 91:9 -1:undefined 0:1")]
    [InlineData("static const struct { int x, y; } t[MADV_D + 1] = { [MADV_B] = { .y = 1 } };\nint f(unsigned int b) { if (b > MADV_D) return 7; b = array_index_nospec(b, ARRAY_SIZE(t)); return t[b].y; }", "3:1 -1:7 4:0")]
    [InlineData("struct i { int x; };\nstatic struct i l(int b) { switch (b) { case MADV_A: return (struct i) { .x = 4 }; default: return (struct i) { }; } }\nint f(int b) { return l(b).x; }", "0:4 1:0")]
    [InlineData("struct i { int x; };\nstatic const struct i *l(int b) { switch (b) { case MADV_A: { static const struct i a = { .x = 4 }; return &a; } } return &none; }\nstatic const struct i none = { .x = 1 };\nint f(int b) { return l(b)->x; }", "0:4 1:1")]
    public void Code_is_run_as_C_runs_it(string code, string expected)
    {
        var answers = Sample.Answers(code, "f")!;
        Assert.All(expected.Split(' ').Select(static pair => pair.Split(':')), pair => Assert.Equal(pair[1], answers[int.Parse(pair[0])]));
    }

    [Theory]
    [InlineData("int f(int b) { if (b & 1) return 1; return b == MADV_A; }")]
    [InlineData("int f(int b) { if (b == MADV_A) return 1; return somewhere(b); }")]
    [InlineData("int f(int b, int c) { return b == MADV_A && c; }")]
    [InlineData("int f(int b) { while (b == MADV_A) b = other(); return 0; }")]
    [InlineData("int f(int b) { int r; if (b == MADV_A) r = 1; set(&r); return r; }")]
    [InlineData("int f(int b) { if (b == MADV_A) goto out; return 1; out: return 2; }")]
    public void What_depends_on_more_than_the_advice_is_not_guessed(string code) => Assert.Null(Sample.Answers(code, "f"));

    [Theory]
    [InlineData("return ", "(", "b", ")", ";")]
    [InlineData("return ", "!", "b", "", ";")]
    [InlineData("return ", "f(", "b", ")", ";")]
    [InlineData("return ", "1 + ", "b", "", ";")]
    [InlineData("return ", "b, ", "b", "", ";")]
    [InlineData("return ", "b ? 1 : ", "b", "", ";")]
    [InlineData("return b = ", "b = ", "b", "", ";")]
    [InlineData("return b", "", "", "[0]", ";")]
    [InlineData("return b", "", "", ".b", ";")]
    [InlineData("return (int)", "(int)", "b", "", ";")]
    [InlineData("int x[] = ", "{", "b", "}", ";")]
    [InlineData("", "{", "", "}", "")]
    [InlineData("", "if (b) ", "b++;", "", "")]
    [InlineData("", "for (;;) ", "b++;", "", "")]
    [InlineData("", "if (b) b++; else ", "b++;", "", "")]
    public void Nesting_without_end_is_not_understood_and_ends_nothing(string before, string opening, string middle, string closing, string after)
    {
        string Nested(int times) => before + string.Concat(Enumerable.Repeat(opening, times)) + middle + string.Concat(Enumerable.Repeat(closing, times)) + after;

        Assert.Null(Sample.Answers($"int f(int b) {{ {Nested(100_000)} return b == MADV_A; }}", "f"));
        Assert.Equal("1", Sample.Answers($"int f(int b) {{ {Nested(100_000)} return 2; }}\nint g(int b) {{ if (b == MADV_B) return 1; return 2; }}", "g")![3]);
    }

    [Fact]
    public void A_name_without_a_value_is_said()
    {
        var trouble = Assert.Throws<LookupException>(static () => Sample.Answers("int f(int b) { return b == MADV_UNHEARD_OF; }", "f"));
        Assert.Equal("mm/sample.c: MADV_UNHEARD_OF has no value", trouble.Message);
        Assert.Equal("1", Sample.Answers("#define MADV_UNHEARD_OF 0x11\nint f(int b) { return b == MADV_UNHEARD_OF; }", "f")![17]);
    }

    [Fact]
    public void Decisions_are_found_by_what_they_decide_on()
    {
        var decisions = Sample.Source("""
            static bool lives(int x) { switch (x) { case MADV_A: return true; default: return false; } }
            static bool dies(int mode) { switch (mode) { case 0: return true; default: return false; } }
            static int outer(struct s *s) { return lives(s->what) ? 4 : 5; }
            static int work(struct s *s) { if (lives(s->what)) return call(s); return 0; }

            """).With(new HashSet<string>(StringComparer.Ordinal)).Decisions();
        Assert.Equal(["lives", "outer"], decisions.Order(StringComparer.Ordinal));
    }
}

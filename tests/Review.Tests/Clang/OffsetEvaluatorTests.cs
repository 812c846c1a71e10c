using System.Text;
using Review.Clang;

namespace Review.Tests.Clang;

/// <summary>The values that sources such as kernel/bounds.c define.</summary>
public sealed class OffsetEvaluatorTests
{
    private const string Kbuild = """
        #define DEFINE(sym, val) asm volatile("\n.ascii \"->" #sym " %0 " #val "\"" : : "i" (val))
        #define BLANK() asm volatile("\n.ascii \"->\"" : : )
        #define COMMENT(x) asm volatile("\n.ascii \"->#" x "\"")
        #define OFFSET(sym, str, mem) DEFINE(sym, __builtin_offsetof(struct str, mem))
        struct pair { int a; long b; };
        enum flags { FLAG_A, FLAG_B, NR_FLAGS };

        """;

    [Fact]
    public void Values_come_in_their_order_with_their_names()
    {
        var table = Evaluate($$"""
            {{Kbuild}}
            int main(void)
            {
                COMMENT("sizes");
                DEFINE(NR, NR_FLAGS);
                DEFINE(SIZE, sizeof(struct pair));
                BLANK();
                OFFSET(pair_b, pair, b);
                DEFINE(NEGATIVE, -3);
                DEFINE(BIG, 1UL << 63);
                asm volatile("nop");
                return 0;
            }
            """);
        Assert.Null(table.Problem);
        Assert.Equal(["NR 2", "SIZE 16", "pair_b 8", "NEGATIVE -3", $"BIG {long.MinValue}"], table.Values.Select(static value => $"{value.Key} {value.Value}"));
    }

    [Fact]
    public void A_value_that_is_not_constant_is_a_problem_and_the_others_are_kept()
    {
        var table = Evaluate($"{Kbuild}int main(int argc) {{ DEFINE(ONE, 1); DEFINE(ARGC, argc); DEFINE(TWO, 2); return 0; }}");
        Assert.Equal("the value of ARGC is not constant", table.Problem);
        Assert.Equal(["ONE", "TWO"], table.Values.Select(static value => value.Key));
    }

    [Theory]
    [InlineData("int main(void) { DEFINE(ONE, undeclared); return 0; }", "undeclared")]
    [InlineData("#include <linux/missing.h>\nint main(void) { return 0; }", "missing.h")]
    public void Bad_C_is_a_problem(string text, string reason)
    {
        var table = Evaluate(Kbuild + text);
        Assert.Contains(reason, table.Problem, StringComparison.Ordinal);
        Assert.Empty(table.Values);
    }

    private static OffsetTable Evaluate(string text)
    {
        using var parser = new ClangParser();
        return OffsetEvaluator.Evaluate(parser, Snippet.Request(Encoding.UTF8.GetBytes(text)));
    }
}

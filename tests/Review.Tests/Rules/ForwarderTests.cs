using Review.Core.Syntax;

namespace Review.Tests.Rules;

/// <summary>Whatever a helper hands its parameters on to is what rules see called, and nothing else is seen through.</summary>
public sealed class ForwarderTests
{
    private const string Caller = """

        static long caller(struct page *page, unsigned long start, unsigned long len)
        {
        	helper(page);
        	return 0;
        }

        """;

    [Theory]
    [InlineData("static void helper(struct page *page) { put_page(page); }")]
    [InlineData("static void helper(struct page *page) { put_page(page); return; }")]
    [InlineData("static void helper(struct page *page) { return put_page(page); }")]
    [InlineData("static inline void helper(void *page) { put_page((struct page *)page); }")]
    [InlineData("static void inner(struct page *page) { put_page(page); }\nstatic void helper(struct page *page) { inner(page); }")]
    public void Calls_of_a_helper_that_hands_on_are_calls_of_the_function_behind_it(string helpers)
    {
        var unit = Parse(helpers);
        var seen = Forwarders.SeeThrough(unit);
        var call = Assert.Single(CallsIn(seen));
        Assert.Equal("put_page", call.Function!.Name);
        Assert.Equal("helper", call.Name);
        Assert.Equal("helper(page)", seen.Text.Slice(call.Span));
        Assert.Equal("page", seen.Text.Slice(Assert.Single(call.Arguments).Span));
        Assert.Equal(["caller"], seen.Functions.Select(static function => function.Name));
        Assert.Equal(unit.Functions.Length - 1, seen.SeenThrough.Length);
        Assert.All(call.DescendantsAndSelf(), node => Assert.Contains(call, node.Ancestors().Prepend(node)));
    }

    [Theory]
    [InlineData("void helper(struct page *page) { put_page(page); }")]
    [InlineData("static void helper(struct page *page) { }")]
    [InlineData("static void helper(struct page *page) { cond_resched(); }")]
    [InlineData("static void helper(struct page *page) { put_page(page); cond_resched(); }")]
    [InlineData("static void helper(struct page *page) { put_page(page + 1); }")]
    [InlineData("static void helper(struct page *page) { if (page) put_page(page); }")]
    [InlineData("static void helper(struct page *page) { helper(page); }")]
    [InlineData("static void helper(struct page *page);\nstatic void other(struct page *page) { helper(page); }\nstatic void helper(struct page *page) { other(page); }")]
    public void A_helper_that_does_anything_else_is_called_itself(string helpers)
    {
        var unit = Parse(helpers);
        Assert.Same(unit, Forwarders.SeeThrough(unit));
    }

    [Fact]
    public void A_helper_whose_address_somebody_has_stays_in_the_file()
    {
        var seen = Forwarders.SeeThrough(Parse("static void helper(struct page *page) { put_page(page); }\nstatic void (*const hook)(struct page *) = helper;"));
        Assert.Equal(["helper", "caller"], seen.Functions.Select(static function => function.Name));
        Assert.Equal("put_page", Assert.Single(CallsIn(seen)).Function!.Name);
    }

    [Fact]
    public void Arguments_go_where_the_helper_hands_them_and_are_converted_as_it_does()
    {
        var unit = RuleRun.Parse("order.c", """
            #include "mm.h"

            long target(unsigned long start, int len);

            static int helper(int len, unsigned long start) { return target(start, len); }

            static int caller(unsigned long a, unsigned long b) { return helper(a, b + 1); }
            """);
        var seen = Forwarders.SeeThrough(unit);
        var call = Assert.Single(CallsIn(seen));
        Assert.Equal(["b + 1", "a"], call.Arguments.Select(argument => seen.Text.Slice(argument.Span)));
        Assert.Equal(call.Function!.Signature!.Parameters.Select(static parameter => parameter.Canonical), call.Arguments.Select(static argument => argument.Type.Canonical));
        Assert.Equal("int", Assert.IsType<CastExpression>(call.Parent).Type.Spelling);
    }

    private static TranslationUnit Parse(string helpers) => RuleRun.Parse("helpers.c", $"#include \"mm.h\"\n\n{helpers}\n{Caller}");

    private static IEnumerable<CallExpression> CallsIn(TranslationUnit unit) => unit.Functions.Single(static function => function.Name == "caller").Body.DescendantsAndSelf<CallExpression>();
}

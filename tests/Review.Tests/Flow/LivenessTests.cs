using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Tests.Flow;

/// <summary>Which variables are still wanted where two ways meet, before <c>unlock()</c>.</summary>
public sealed class LivenessTests
{
    [Theory]
    [InlineData("int x = get(); if (c) lock(); unlock(); see(x);", true)]
    [InlineData("int x = get(); see(x); if (c) lock(); unlock();", false)]
    [InlineData("int x = get(); if (c) lock(); unlock(); x = 1; see(x);", false)]
    [InlineData("int x = get(); change(&x); if (c) lock(); unlock();", false)]
    [InlineData("int x = get(); if (c) lock(); unlock(); change(&x);", true)]
    [InlineData("int x = get(); change((int *)(void *)&x); if (c) lock(); unlock();", false)]
    [InlineData("int x = get(); int *p = &x; if (c) lock(); unlock(); see(*p);", true)]
    [InlineData("int x = get(); int *p = same_place(&x); if (c) lock(); unlock(); see(*p);", true)]
    [InlineData("struct s x; touch(&x); if (c) lock(); unlock();", false)]
    [InlineData("struct s x; touch(&x); if (c) lock(); unlock(); see(x.a);", true)]
    [InlineData("struct s x; change(x.array); if (c) lock(); unlock();", false)]
    [InlineData("struct s x; change(&x.a); if (c) lock(); unlock(); change(x.array);", true)]
    public void A_variable_is_wanted_where_it_is_read_or_its_address_is_handed_on(string body, bool expected)
    {
        var graph = Flows.Graph("int *same_place(int *p); void f(int c) { " + body + " }");
        var variable = graph.Function.Body.DescendantsAndSelf<LocalDeclaration>().First().Symbol;
        var meeting = graph.Blocks.Single(static block => block.Nodes.OfType<CallExpression>().Any(static call => call.Function?.Name == "unlock"));
        Assert.Equal(expected, Liveness.Of(graph).IsWanted(variable, meeting));
    }
}

using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Tests.Flow;

/// <summary>What a path knows: conditions that belong together, memory, loops, and the way out where it is too much.</summary>
public sealed class PathTests
{
    [Theory]
    [InlineData("int f(int a) { if (a & 4) { if (!(a & 4)) return 1; return 2; } return a & 4 ? 3 : 4; }", "2 4")]
    [InlineData("int f(int a) { if (a & 6) return 1; return a & 2 ? 2 : 3; }", "1 3")]
    [InlineData("int f(int a) { a |= 8; return a & 8 ? 1 : 2; }", "1")]
    [InlineData("int f(int a) { a &= ~8; return a & 8 ? 1 : 2; }", "2")]
    [InlineData("int f(int a) { if (a == 5) return a; return a == 5 ? 1 : 2; }", "2 5")]
    [InlineData("int f(int a, int b) { if (a < b) return a >= b ? 1 : 2; return a < b ? 3 : 4; }", "2 4")]
    [InlineData("int f(int a, int b) { if (a == b) return b == a ? 1 : 2; return b != a ? 3 : 4; }", "1 3")]
    [InlineData("int f(int a) { if (a < 0) return a >= 0 ? 1 : 2; return a == -3 ? 3 : 4; }", "2 4")]
    [InlineData("int f(unsigned a) { if (a >= 1) return a ? 1 : 2; return a; }", "0 1")]
    [InlineData("int f(int a) { if (a > 5) { a = 9; return a > 5 ? 1 : 2; } return a > 5 ? 3 : 4; }", "1 4")]
    [InlineData("int f(int a) { if (a != 3) return 1; return a == 4 ? 2 : 3; }", "1 3")]
    [InlineData("int f(int a, int b) { if (a < b) { if (a == 7 && b == 3) return 1; return 2; } return 3; }", "2 3")]
    public void The_same_question_has_the_same_answer(string code, string expected) => Assert.Equal(expected, Flows.Results(code));

    [Theory]
    [InlineData("int f(int a) { bool b = a & 4; if (b == 1) return b ? 1 : 2; return b ? 3 : 4; }", "1 4")]
    [InlineData("int f(void) { bool b = 4; return b; }", "1")]
    [InlineData("int f(void) { unsigned x = ~1u; return x == 0xfffffffeu; }", "1")]
    [InlineData("bool f(int a) { if (!a) return 0; return a; }", "0 1")]
    public void Conversions(string code, string expected) => Assert.Equal(expected, Flows.Results(code));

    [Theory]
    [InlineData("int f(struct s *p) { p->a = 3; see(1); return p->a; }", "3")]
    [InlineData("int f(struct s *p) { if (p->flag) return p->flag ? 1 : 2; return p->flag ? 3 : 4; }", "1 4")]
    [InlineData("int f(void) { int x = 3; change(&x); return x; }", "?")]
    [InlineData("int f(void) { int x = 3; read_only(&x); return x; }", "3")]
    [InlineData("int f(int *x) { *x = 3; change(x); return *x; }", "?")]
    [InlineData("int f(int a) { int x = 1, *p = &x; *p = a ? 2 : 3; return x; }", "2 3")]
    [InlineData("static int g; int f(void) { if (g) { see(1); return g ? 1 : 2; } return g ? 3 : 4; }", "1 4")]
    [InlineData("static int g; int f(void) { if (!g) { g = 1; if (get()) see(1); return g; } return 2; }", "1 2")]
    [InlineData("int f(int *v, int i, int j) { if (!v[i]) { if (v[j]) return 1; return 2; } return 3; }", "1 2 3")]
    [InlineData("int f(struct s *p) { struct s *q = p->next; if (q->a) return p->next->a ? 1 : 2; return 3; }", "1 3")]
    [InlineData("int f(struct s *p) { struct s copy = { .a = 2 }; struct s *q = &copy; q->flag = 1; return q->a + 0 * copy.flag ? copy.flag : 5; }", "1 5")]
    [InlineData("int f(struct s *p) { while (p) { if (p->a) return p->a ? 1 : 2; p = p->next; } return 3; }", "1 3")]
    public void Memory(string code, string expected) => Assert.Equal(expected, Flows.Results(code));

    [Theory]
    [InlineData("int f(int n) { int x, last = 0; while (n--) { x = get(); if (x && last && x != last) return 1; last = x; } return 2; }", "1 2")]
    [InlineData("int f(int n) { struct s *old = 0, *p; while (get()) { p = error_pointer(n); if (old && p != old) return 1; old = p; } return 2; }", "1 2")]
    public void The_value_of_the_round_before_is_another_one(string code, string expected) => Assert.Equal(expected, Flows.Results(code));

    [Fact]
    public void Many_flags_in_a_loop_come_to_an_end()
    {
        var flags = string.Concat(Enumerable.Range(0, 14).Select(static i => $"if (ask({i})) x{i} = 1; if (x{i} && get()) see({i});\n"));
        var declarations = string.Concat(Enumerable.Range(0, 14).Select(static i => $"int x{i} = 0;\n"));
        var sum = string.Join(" + ", Enumerable.Range(0, 14).Select(static i => $"x{i}"));
        Assert.Equal("?", Flows.Results($"int f(int n) {{ {declarations} while (n--) {{ {flags} }} return {sum}; }}"));
    }

    [Fact]
    public void A_function_with_too_many_states_of_the_protocol_is_not_analysed()
    {
        var analysis = new CountsCalls(Flows.Graph("void f(int n) { while (get()) see(n); }"), 5000);
        Assert.Contains("too many paths", Assert.Throws<NotAnalysedException>(() => analysis.Run(0)).Message, StringComparison.Ordinal);
        new CountsCalls(Flows.Graph("void f(int n) { while (get()) see(n); }"), 5).Run(0);
    }

    /// <summary>A protocol that counts, up to a bound.</summary>
    private sealed class CountsCalls(ControlFlowGraph graph, int bound) : PathAnalysis<int>(graph)
    {
        protected override IEnumerable<Path<int>> Visit(Path<int> path, Node node) =>
            base.Visit(path, node).Select(next => node is CallExpression ? next with { Protocol = Math.Min(next.Protocol + 1, bound) } : next);
    }
}

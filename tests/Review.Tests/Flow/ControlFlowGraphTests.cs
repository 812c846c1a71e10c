using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Tests.Rules;

namespace Review.Tests.Flow;

/// <summary>Control flow of small functions of our own.</summary>
public sealed class ControlFlowGraphTests
{
    private const string Calls = "int a(void); int b(void); int c(void); void d(void); void die(void) __attribute__((noreturn));\n";

    [Fact]
    public void A_short_circuit_is_two_branches()
    {
        var graph = Graph("int f(void) { if (a() && b()) d(); return 0; }");
        Assert.Equal(["a", "b"], Conditions(graph));
        Assert.Contains(Paths(graph), static path => path == "a");
        Assert.Contains(Paths(graph), static path => path == "a b");
        Assert.Contains(Paths(graph), static path => path == "a b d");
    }

    [Theory]
    [InlineData("while (a()) { b(); if (c()) break; d(); }", "a b c d")]
    [InlineData("do { b(); if (c()) return 1; } while (a());", "a b c")]
    [InlineData("for (a(); b(); c()) { if (x) { d(); return 1; } }", "b c")]
    [InlineData("for (;;) { a(); if (b()) { c(); break; } }", "a b")]
    [InlineData("do { a(); } while (0);", "")]
    [InlineData("while (a()) { b(); return 1; }", "")]
    public void A_round_of_a_loop_is_what_leads_from_its_head_to_its_head(string loop, string expected)
    {
        var graph = Graph("int f(int x) { " + loop + " return 0; }");
        var statement = graph.Function.Body.DescendantsAndSelf<Statement>().First(static statement => statement is WhileStatement or DoStatement or ForStatement);
        var calls = graph.RoundOf(statement).SelectMany(static block => block.Nodes).OfType<CallExpression>().Select(static call => call.Function!.Name);
        Assert.Equal(expected, string.Join(' ', calls.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_short_circuit_as_a_value_is_control_flow_too()
    {
        var graph = Graph("int f(void) { int x = a() || b(); d(); return x; }");
        Assert.Equal(["a b d", "a d"], Paths(graph).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_switch_goes_by_value_and_past_all_labels()
    {
        var graph = Graph("int f(int x) { switch (x) { case 1: a(); break; case 3 ... 5: b(); default: c(); } return 0; }");
        var edges = graph.Blocks.SelectMany(static block => block.Successors).Select(static edge => edge.Condition).OfType<SwitchCondition>().ToList();
        Assert.Contains(edges, static edge => !edge.IsDefault && edge.Ranges is [(1, 1)]);
        Assert.Contains(edges, static edge => !edge.IsDefault && edge.Ranges is [(3, 5)]);
        Assert.Contains(edges, static edge => edge.IsDefault && edge.Ranges is [(1, 1), (3, 5)]);
        Assert.Equal(["a", "b c", "c"], Paths(graph).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_switch_without_default_can_take_no_label() =>
        Assert.Equal(["", "a"], Paths(Graph("int f(int x) { switch (x) { case 1: a(); } return 0; }")).Order(StringComparer.Ordinal));

    [Fact]
    public void Break_and_continue_leave_the_right_loop()
    {
        var graph = Graph("int f(void) { for (;;) { if (a()) continue; if (b()) break; c(); } d(); return 0; }");
        Assert.All(Paths(graph), static path => Assert.EndsWith("b d", path, StringComparison.Ordinal));
    }

    [Fact]
    public void A_constant_condition_has_one_edge()
    {
        Assert.Equal(["a b"], Paths(Graph("int f(void) { do { a(); } while (0); b(); return 0; }")));
        Assert.Equal(["b"], Paths(Graph("int f(void) { if (0) a(); b(); return 0; }")));
        Assert.DoesNotContain(Graph("int f(void) { while (1) a(); }").Exit, Graph("int f(void) { while (1) a(); }").Blocks);
    }

    [Fact]
    public void Nothing_follows_a_function_that_does_not_return() =>
        Assert.Equal(["a"], Paths(Graph("int f(void) { if (a()) { die(); b(); } return 0; }")));

    [Fact]
    public void A_goto_reaches_its_label_and_what_nothing_reaches_is_left_out()
    {
        Assert.Equal(["a c"], Paths(Graph("int f(void) { a(); goto out; b(); out: c(); return 0; }")));
        Assert.Equal(["a b", "a c"], Paths(Graph("int f(void) { void *to = a() ? &&x : &&y; goto *to; x: b(); return 0; y: c(); return 1; }")).Order(StringComparer.Ordinal).Distinct());
    }

    [Fact]
    public void Assembly_can_jump() =>
        Assert.Equal(["a", "b"], Paths(Graph("int f(void) { asm goto (\"\" : : : : other); a(); return 0; other: b(); return 1; }")).Order(StringComparer.Ordinal));

    [Fact]
    public void Statements_in_expressions_run_in_place() =>
        Assert.Equal(["a b c"], Paths(Graph("int f(void) { int x = a() + ({ b(); c(); }); return x; }")));

    [Fact]
    public void The_elvis_operator_evaluates_its_condition_once()
    {
        var graph = Graph("int f(void) { return a() ?: b(); }");
        Assert.Equal(["a", "a b"], Paths(graph).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Operands_come_before_what_uses_them()
    {
        var graph = Graph("int g(int, int); int f(int *p) { *p = g(a(), b()); return *p; }");
        var nodes = graph.Blocks.SelectMany(static block => block.Nodes).ToList();
        foreach (var node in nodes)
        {
            Assert.All(node.Children.Where(nodes.Contains), child => Assert.True(nodes.IndexOf(child) < nodes.IndexOf(node)));
        }
    }

    private static ControlFlowGraph Graph(string code) =>
        ControlFlowGraph.Create(RuleRun.Parse("flow.c", Calls + code, "-Wno-everything").Functions.Single(static function => function.Name == "f"));

    /// <summary>The functions called in conditions, in the order of the blocks.</summary>
    private static IEnumerable<string> Conditions(ControlFlowGraph graph) =>
        graph.Blocks
            .SelectMany(static block => block.Successors)
            .Select(static edge => (edge.Condition as BranchCondition)?.Expression.Unwrapped)
            .OfType<CallExpression>()
            .Select(static call => call.Function!.Name)
            .Distinct();

    /// <summary>The calls on every way from entry to exit that takes no edge twice.</summary>
    private static List<string> Paths(ControlFlowGraph graph)
    {
        var found = new List<string>();
        Follow(graph.Entry, [], []);
        return found;

        void Follow(BasicBlock block, List<string> calls, HashSet<FlowEdge> taken)
        {
            List<string> all = [.. calls, .. block.Nodes.OfType<CallExpression>().Select(static call => call.Function!.Name)];
            if (block == graph.Exit)
            {
                found.Add(string.Join(' ', all));
                return;
            }

            foreach (var edge in block.Successors.Where(edge => !taken.Contains(edge)))
            {
                Follow(edge.To, all, [.. taken, edge]);
            }
        }
    }
}

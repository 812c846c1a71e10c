using Review.Core.Syntax;

namespace Review.Tests.Flow;

/// <summary>The control-flow graph: which statements are reached, in which order, and what is known there.</summary>
public sealed class ControlFlowTests
{
    [Theory]
    [InlineData("int f(int a, int b) { if (a && b) { if (!a) return 1; return 2; } return a && b ? 3 : 4; }", "2 4")]
    [InlineData("int f(int a, int b) { if (a || b) return a ? 1 : b ? 2 : 3; return a || b ? 4 : 5; }", "1 2 5")]
    [InlineData("int f(int a) { return !a ? a : 7; }", "0 7")]
    [InlineData("int f(int a) { bool t = !!a; if (t) return a ? 1 : 2; return a ? 3 : 4; }", "1 4")]
    [InlineData("int f(int a) { int x = a ?: 5; return x == 5 ? (a ? 1 : 2) : 3; }", "1 2 3")]
    [InlineData("int f(int a, int b) { if ((a, b)) return b ? 1 : 2; return b; }", "0 1")]
    [InlineData("int f(int a) { if (__builtin_expect(!!(a), 0)) return a ? 1 : 2; return a; }", "0 1")]
    [InlineData("int f(int a) { if (0 && get()) return 1; if (1 || a) return 2; return 3; }", "2")]
    public void Short_circuits_are_edges(string code, string expected) => Assert.Equal(expected, Flows.Results(code));

    [Theory]
    [InlineData("int f(int a) { switch (a) { case 1: return a; case 2 ... 4: return 20; default: return a == 1 ? 30 : 40; } }", "1 20 40")]
    [InlineData("int f(int a) { switch (a) { case 1: a = 5; __attribute__((__fallthrough__)); case 5: return a; } return 9; }", "5 9")]
    [InlineData("int f(int a) { switch (a) { case 0: break; case 3: return 3; } return a == 3 ? 1 : a == 0 ? 2 : 4; }", "2 3 4")]
    [InlineData("int f(int a) { switch (3) { case 1: return 1; case 3: return 3; default: return 4; } }", "3")]
    [InlineData("int f(int a) { switch (a) { default: if (a == 2) return 1; return 2; case 2: switch (a) { case 2: return 3; } return 4; } }", "2 3")]
    public void Switches_go_by_value(string code, string expected) => Assert.Equal(expected, Flows.Results(code));

    [Theory]
    [InlineData("int f(int a) { while (1) { if (get()) break; } return 1; }", "1")]
    [InlineData("int f(int a) { for (;;) ; }", "")]
    [InlineData("int f(int a) { int n = 0; do { n = 1; if (get()) continue; n = 2; } while (0); return n; }", "1 2")]
    [InlineData("int f(int a) { int i, n = 0; for (i = 0; i < a; i++) { if (i == 3) continue; n = 1; } return n; }", "0 1")]
    [InlineData("int f(int a) { again: if (get()) goto again; if (a) goto out; return 1; out: return a ? 2 : 3; }", "1 2")]
    [InlineData("int f(int a) { void *to = a ? &&one : &&two; goto *to; one: return 1; two: return 2; }", "1 2")]
    [InlineData("int f(int a) { if (a) stop(); return a; }", "0")]
    [InlineData("int f(int a) { if (a) __builtin_unreachable(); return a; }", "0")]
    [InlineData("int f(int a) { if (a) return 1; }", "1 end")]
    public void Jumps_and_loops(string code, string expected) => Assert.Equal(expected, Flows.Results(code));

    [Theory]
    [InlineData("int f(int a) { int x = ({ int y = a; if (!y) y = 4; y; }); return a ? x == a : x; }", "1 4")]
    [InlineData("int f(int a) { if (({ int bad = !!(a); if (bad) see(1); bad; })) return a ? 1 : 2; return a; }", "0 1")]
    [InlineData("int f(int a) { return ({ if (a) return 7; 8; }); }", "7 8")]
    [InlineData("int f(int a) { asm goto(\"jmp %l0\" : : \"r\"(a) : : out); return 1; out: return 2; }", "1 2")]
    [InlineData("int f(int a) { int x = 1; asm(\"\" : \"=r\"(x)); return x; }", "?")]
    public void Statement_expressions_and_assembly(string code, string expected) => Assert.Equal(expected, Flows.Results(code));

    [Fact]
    public void Operands_come_before_what_uses_them_and_blocks_in_reverse_post_order()
    {
        var graph = Flows.Graph("int f(int a, int b) { int x = get() + same(a); if (x && ask(b)) see(x); return x; }");
        Assert.Equal(graph.Blocks.Select(static block => block.Index), Enumerable.Range(0, graph.Blocks.Length));
        foreach (var block in graph.Blocks)
        {
            for (var i = 0; i < block.Nodes.Count; i++)
            {
                Assert.DoesNotContain(block.Nodes[i], block.Nodes.Take(i).SelectMany(static earlier => earlier.Children));
            }

            // Without a loop every edge goes forward.
            Assert.All(block.Successors, edge => Assert.True(edge.To.Index > block.Index));
            Assert.All(block.Predecessors, edge => Assert.Contains(edge, edge.From.Successors));
        }

        Assert.Same(graph.Exit, graph.Blocks[^1]);
        Assert.Single(graph.Blocks.SelectMany(static block => block.Nodes).OfType<ReturnStatement>());
    }
}

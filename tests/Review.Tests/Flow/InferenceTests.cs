using Review.Core.Engine;
using Review.Flow.Facts;

namespace Review.Tests.Flow;

/// <summary>Facts about functions of the same file, inferred from their bodies.</summary>
public sealed class InferenceTests
{
    [Fact]
    public void A_helper_of_a_helper() => Assert.Equal(
        ["drops lock, takes lock"],
        Flows.Outcomes("static void a(void) { unlock(); } static void b(void) { a(); see(1); lock(); } void f(void) { b(); }"));

    [Fact]
    public void The_result_says_what_happened() => Assert.Equal(
        ["drops lock; returns 0", "returns -4"],
        Flows.Outcomes("int f(void) { if (!try_unlock()) return -4; return 0; }"));

    [Fact]
    public void The_arguments_say_what_happens() => Assert.Equal(
        ["#1 0", "#1 NotZero; drops lock"],
        Flows.Outcomes("void f(struct s *p, bool drop) { if (drop) unlock(); }"));

    [Fact]
    public void An_argument_that_is_changed_says_nothing() => Assert.Equal(
        ["", "drops lock"],
        Flows.Outcomes("void f(int n) { if (n) unlock(); n = get(); }"));

    [Fact]
    public void A_caller_knows_which_way_its_call_went()
    {
        const string Helper = "static int h(bool drop, int *left) { if (drop) { unlock(); *left = 0; return -1; } *left = 1; return 0; }\n";
        Assert.Equal(["drops lock; returns 0"], Flows.Outcomes(Helper + "int f(void) { int left; h(1, &left); return left; }"));
        Assert.Equal(["#0 0; returns 0", "#0 NotZero; drops lock; returns -1"], Flows.Outcomes(Helper + "int f(bool b) { int left; return h(b, &left); }"));
    }

    [Fact]
    public void What_pointers_lead_to() => Assert.Equal(
        ["drops lock; *0 7; *1.a changed; *1.flag 1"],
        Flows.Outcomes("void f(int *n, struct s *p) { unlock(); *n = 7; p->a = get(); p->flag = 1; }"));

    [Fact]
    public void Members_written_on_some_paths_only_are_not_known_after_a_merge()
    {
        // Sixteen ways to end are more than are kept apart.
        var cases = string.Concat(Enumerable.Range(1, 16).Select(static i => $"case {i}: p->a = {i}; return {i};\n"));
        Assert.Equal(["*0.a changed; returns Positive", "returns 0"], Flows.Outcomes($"int f(struct s *p, int n) {{ n = n; switch (n) {{ {cases} }} return 0; }}"));
    }

    [Fact]
    public void Effects_go_with_the_parameter_and_keep_their_order()
    {
        Assert.Equal(["starts *1, ends *1"], Flows.Outcomes("void f(int n, struct s *p) { start(p); end(p); }"));
        Assert.Equal(["ends *0, starts *0"], Flows.Outcomes("void f(struct s *p) { end(p); start(p); }"));
        Assert.Equal(["", "starts *0, ends *0"], Flows.Outcomes("void f(struct s *p) { while (get()) { start(p); end(p); } }"));
    }

    [Fact]
    public void Effects_on_locals_stay_inside() => Assert.Empty(Flows.Outcomes("void f(void) { struct s mine; start(&mine); end(&mine); }"));

    [Fact]
    public void A_function_that_gives_its_argument_back() =>
        Assert.Equal(["drops lock; returns #1"], Flows.Outcomes("struct s *f(int n, struct s *p) { unlock(); return p; }"));

    [Fact]
    public void Recursion_finds_what_happens_at_its_end()
    {
        const string Code = "int f(int n) { if (n > 0) return f(n - 1); unlock(); return 0; }";
        Assert.All(Flows.Outcomes(Code), static line => Assert.Contains("drops lock", line, StringComparison.Ordinal));
        const string Circle = "int b(int n); int f(int n) { if (n) return b(n); return 0; } int b(int n) { unlock(); return f(n - 1); }";
        Assert.Contains(Flows.Outcomes(Circle), static line => line.Contains("drops lock", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_asks_first_makes_no_difference()
    {
        const string Code = "int b(int n); int f(int n) { if (n) return b(n); unlock(); return 0; } int b(int n) { if (n > 3) { lock(); return 1; } return f(n - 1); } int c(int n) { return b(n) + f(n); }";
        string[][] orders = [["f", "b", "c"], ["c", "b", "f"], ["b", "c", "f"]];
        var results = orders.Select(static names =>
        {
            var facts = Flows.Facts(Code);
            var known = names.ToDictionary(static name => name, name => string.Join('\n', facts.OutcomesOf(name)));
            return string.Join('\n', known.OrderBy(static pair => pair.Key, StringComparer.Ordinal));
        }).ToList();
        Assert.Single(results.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void A_long_chain_of_calls_needs_no_stack()
    {
        var chain = string.Concat(Enumerable.Range(1, 3000).Select(static i => $"void f{i}(void) {{ f{i - 1}(); }}\n"));
        var facts = Flows.Facts("void f0(void) { unlock(); }\n" + chain);
        Assert.Equal(["drops lock"], Assert.Single(facts.OutcomesOf("f3000")).Effects);
    }

    [Fact]
    public void Only_what_can_happen_further_down_is_within()
    {
        var unit = Flows.Parse("void a(void) { unlock(); } void b(void) { a(); } void c(void) { lock(); b(); } void d(void) { see(1); }");
        var facts = new FunctionFacts(unit, FactTable.Parse(Flows.Table));
        Assert.Equal(["drops lock"], facts.EffectsWithin(unit.Functions[1]));
        Assert.Equal(["drops lock", "takes lock"], facts.EffectsWithin(unit.Functions[2]).Order(StringComparer.Ordinal));
        Assert.Empty(facts.EffectsWithin(unit.Functions[3]));
        Assert.True(facts.IsKnown("d") && facts.IsKnown("unlock") && !facts.IsKnown("see"));
    }

    [Fact]
    public void A_function_with_too_many_paths_is_said_to_be_unknown()
    {
        // Each parameter is or is not started, and the order of the effects counts: more than is followed.
        var parameters = string.Join(", ", Enumerable.Range(0, 12).Select(static i => $"struct s *p{i}"));
        var body = string.Concat(Enumerable.Range(0, 12).Select(static i => $"if (get()) start(p{i});\n"));
        var facts = Flows.Facts($"void f({parameters}) {{ {body} }} void g(struct s *p) {{ f({string.Join(", ", Enumerable.Repeat("p", 12))}); }}");
        Assert.Equal("what f() does is not known, for it has too many paths to follow", Assert.Throws<NotAnalysedException>(() => facts.OutcomesOf("f")).Message);
        Assert.Equal("what f() does is not known, for it has too many paths to follow", Assert.Throws<NotAnalysedException>(() => facts.OutcomesOf("g")).Message);
    }
}

using System.Text;
using Review.Clang;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Tests.Flow;

/// <summary>Several files that are looked at together, and facts that were found out before.</summary>
public sealed class FilesTogetherTests
{
    private const string Prelude = """
        typedef _Bool bool;
        struct s { int a; bool flag; struct s *next; };
        int get(void); void see(int x); void lock(void); void unlock(void); bool try_unlock(void); void start(struct s *p); void end(struct s *p);

        """;

    private const string Helper = "int helper(struct s *p, bool drop) { if (drop) { unlock(); p->a = 1; return -1; } return 0; }\n";
    private const string Caller = "int f(struct s *p, bool b) { p->a = 0; if (helper(p, b)) return p->a; start(p); return p->a; }\n";

    private static readonly FactTable Table = FactTable.Parse("Lock.facts", Flows.Table, FactTable.Parse("Base.facts", "get:\n", null));

    [Fact]
    public void A_helper_in_another_file_is_seen_through() => Assert.Equal(
        Known("f", ("mm/a.c", Helper + Caller)),
        Known("f", ("mm/a.c", "int helper(struct s *p, bool drop);\n" + Caller), ("mm/b.c", Helper)));

    [Fact]
    public void Facts_that_were_written_do_as_well_as_the_file()
    {
        var text = Export(("mm/b.c", Helper));
        Assert.Contains("\nhelper (1 != 0) = -1 *0->s.a = 1: drops lock\n", text, StringComparison.Ordinal);
        Assert.Equal(
            Known("f", ("mm/a.c", Helper + Caller)),
            Known("f", FoundFacts.Parse(text), ("mm/a.c", "int helper(struct s *p, bool drop);\n" + Caller)));
    }

    [Fact]
    public void A_helper_that_only_writes_is_seen_through()
    {
        const string Writer = "void helper(struct s *p) { p->flag = 1; }\n";
        const string Reader = "int f(void) { struct s mine; mine.flag = 0; helper(&mine); if (mine.flag) unlock(); else lock(); return 0; }\n";
        Assert.Equal(["f = 0: drops lock"], Known("f", ("mm/a.c", Writer + Reader)));
        Assert.Equal(["f = 0: drops lock"], Known("f", ("mm/a.c", "void helper(struct s *p);" + Reader), ("mm/b.c", Writer)));
        Assert.Equal(["f = 0: drops lock"], Known("f", FoundFacts.Parse(Export(("mm/b.c", Writer))), ("mm/a.c", "void helper(struct s *p);" + Reader)));
    }

    [Fact]
    public void A_static_function_of_another_file_is_somebody_else() =>
        Assert.Empty(Known("f", ("mm/a.c", "void helper(void); void f(void) { helper(); }"), ("mm/b.c", "static void helper(void) { unlock(); } void other(void) { helper(); }")));

    [Fact]
    public void A_name_that_two_files_make_known_is_nobodys() =>
        Assert.Empty(Known("f", ("mm/a.c", "void helper(void); void f(void) { helper(); }"), ("mm/b.c", "void helper(void) { unlock(); }"), ("mm/c.c", "void helper(void) { lock(); }")));

    [Fact]
    public void What_the_table_says_counts_more_than_a_body() =>
        Assert.Equal(["f: drops lock"], Known("f", ("mm/a.c", "void f(void) { unlock(); }"), ("mm/b.c", "void unlock(void) { lock(); }")));

    [Fact]
    public void Only_effects_that_callers_see_are_within()
    {
        var units = Join(FoundFacts.None, ("mm/a.c", "void balanced(void); void plain(void); void f(void) { balanced(); } void g(void) { plain(); }"), ("mm/b.c", "void plain(void) { unlock(); } static void a(void) { lock(); } void balanced(void) { a(); unlock(); }"));
        var facts = new FunctionFacts(units[0], FactTable.Parse("T", "within: takes lock, drops lock\n" + Flows.Table, null));
        Assert.Empty(facts.EffectsWithin(units[0].Functions[0]));
        Assert.Equal(["drops lock"], facts.EffectsWithin(units[0].Functions[1]));
    }

    [Fact]
    public void Functions_with_too_many_ways_to_end_count_in_their_own_file_only()
    {
        var cases = string.Concat(Enumerable.Range(1, 20).Select(static i => $"if (n == {i}) {{ p->a = {i}; unlock(); return {i}; }}\n"));
        var helper = $"int helper(struct s *p, int n) {{ {cases} return 0; }}\n";
        const string OfHelper = "int helper(struct s *p, int n); int f(struct s *p, int n) { return helper(p, n); }\n";
        Assert.NotEmpty(Known("f", ("mm/a.c", OfHelper + helper)));
        Assert.Empty(Known("f", ("mm/a.c", OfHelper), ("mm/b.c", helper)));
        Assert.Empty(Known("f", ("mm/a.c", "int through(struct s *p, int n); int f(struct s *p, int n) { return through(p, n); }"), ("mm/b.c", helper + "int through(struct s *p, int n) { return helper(p, n); }")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Circles_over_files_do_not_depend_on_who_asks_first(int pairs)
    {
        var first = string.Concat(Enumerable.Range(0, pairs).Select(i => $"int b{i}(int n); int a{i}(int n) {{ if (n) return b{i}(n); unlock(); return 0; }}\n"));
        var second = string.Concat(Enumerable.Range(0, pairs).Select(i => $"int a{(i + 1) % pairs}(int n); int b{i}(int n) {{ if (n > 3) {{ lock(); return 1; }} return a{(i + 1) % pairs}(n - 1); }}\n"));
        string[][] orders = [["a0", "b0"], ["b0", "a0"], [$"b{pairs - 1}", "a0", "b0"]];
        var results = orders.Select(order =>
        {
            var units = Join(FoundFacts.None, ("mm/a.c", first), ("mm/b.c", second));
            foreach (var name in order)
            {
                _ = Lines(units[0], name);
            }

            return string.Join('\n', Lines(units[0], "a0").Concat(Lines(units[1], "b0")).Concat(Lines(units[1], "a0")));
        });
        Assert.Contains("unlock", Assert.Single(results.Distinct(StringComparer.Ordinal)).Replace("drops lock", "unlock", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Why_something_is_known()
    {
        var units = Join(FoundFacts.None, ("mm/a.c", "void b(struct s *p); void f(int n, struct s *p) { b(p); }"), ("mm/b.c", "static void c(struct s *p) { if (try_unlock()) start(p); } void b(struct s *p) { c(p); }"));
        var known = new FunctionFacts(units[0], Table).Explain("f");
        Assert.Equal("mm/a.c", known.Source);
        Assert.Equal(
            ["drops lock: f() -> b() -> c() -> try_unlock() = 1 (Lock.facts)", "starts *1: f() -> b() -> c() -> start() (Lock.facts)"],
            known.Effects.Select(static effect => $"{effect.Effect}: {string.Join(" -> ", effect.Path)}"));
        Assert.Equal("Lock.facts", new FunctionFacts(units[0], Table).Explain("try_unlock").Source);
        Assert.Null(new FunctionFacts(units[0], Table).Explain("see").Source);
    }

    private static string[] Known(string function, params (string Path, string Code)[] files) => Known(function, FoundFacts.None, files);

    private static string[] Known(string function, FoundFacts elsewhere, params (string Path, string Code)[] files) => Lines(Join(elsewhere, files)[0], function);

    private static string[] Lines(TranslationUnit unit, string function) =>
        [.. new FunctionFacts(unit, Table).OutcomesOf(function).Select(outcome => new FactLine(null, function, outcome).ToString()).Order(StringComparer.Ordinal)];

    private static string Export(params (string Path, string Code)[] files)
    {
        var units = Join(FoundFacts.None, files);
        return FoundFacts.Write(FileFacts.Export(units, [new Domain(units[0])]));
    }

    private static TranslationUnit[] Join(FoundFacts elsewhere, params (string Path, string Code)[] files)
    {
        using var parser = new ClangParser();
        var units = files.Select(file => parser.Parse(new ParseRequest(new SourceText(file.Path, Encoding.UTF8.GetBytes(Prelude + file.Code)), "/kernel", "/generated", ["-std=gnu11", "--target=x86_64-linux-gnu"]))).ToArray();
        Assert.All(units, static unit => Assert.Empty(unit.Messages.Select(static message => $"{message.Line}: {message.Text}")));
        FileFacts.Join(units.Reverse(), elsewhere);
        return units;
    }

    private sealed class Domain(TranslationUnit unit) : FactDomain(unit, Table);
}

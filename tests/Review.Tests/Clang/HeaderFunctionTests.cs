using System.Text;
using Review.Clang;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Tests.Cli;

namespace Review.Tests.Clang;

/// <summary>Functions of headers, which are in the tree of a file that leads to them.</summary>
public sealed class HeaderFunctionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public HeaderFunctionTests() => folder.Write("include/linux/h.h", """
        void unlock(void);
        static inline void far(int n) { for (int i = 0; i < n; i++) { switch (n) { case 1 + 1: unlock(); } } }
        static inline void near(int n) { far(n); }
        static inline void unused(void) { unlock(); }
        static inline int one(int n) { return n; }
        """);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_the_file_leads_to_is_there_and_nothing_else()
    {
        var unit = Parse("void f(int n) { near(n); }");
        Assert.Equal(["f"], unit.Functions.Select(static function => function.Name));
        Assert.Equal(["far", "near"], unit.HeaderFunctions.Select(static function => function.Name).Order(StringComparer.Ordinal));
        Assert.All(unit.HeaderFunctions, static function => Assert.Equal("include/linux/h.h", function.Header));
        Assert.Null(unit.Functions[0].Header);
    }

    [Fact]
    public void Symbols_are_shared_with_the_file()
    {
        var unit = Parse("int f(int n) { near(n); return one(1) + one(2); }");
        var near = Assert.Single(unit.HeaderFunctions, static function => function.Name == "near");
        Assert.Same(near.Symbol, unit.Functions[0].Body.All<CallExpression>()[0].Function);
    }

    [Fact]
    public void Effects_come_through()
    {
        var unit = Parse("void f(int n) { near(n); }");
        var facts = new FunctionFacts(unit, FactTable.Parse("unlock: drops lock\n"));
        Assert.Contains(facts.OutcomesOf("f"), static outcome => outcome.Has("drops lock"));
        Assert.Equal(["drops lock"], facts.EffectsWithin(unit.Functions[0]));
        Assert.Empty(new FunctionFacts(unit, FactTable.Parse("unlock: drops lock\nnear:\n")).EffectsWithin(unit.Functions[0]));
    }

    private TranslationUnit Parse(string code)
    {
        using var parser = new ClangParser();
        var text = new SourceText("mm/a.c", Encoding.UTF8.GetBytes("#include <linux/h.h>\n" + code));
        var unit = parser.Parse(new ParseRequest(text, folder.Path, null, ["-std=gnu11", "--target=x86_64-linux-gnu", "-nostdinc", $"-I{folder.Path}/include"]));
        Assert.Empty(unit.Messages.Select(static message => $"{message.Line}: {message.Text}"));
        Assert.Empty(unit.Problems);
        return unit;
    }
}

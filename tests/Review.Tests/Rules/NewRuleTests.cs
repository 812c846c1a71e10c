using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Review.Cli;
using Review.Core.Engine;
using Review.Dev.NewRule;

namespace Review.Tests.Rules;

/// <summary>What <c>Review.Dev new-rule</c> writes is a rule: it compiles, loads, and its fixture asks for what it does not find yet.</summary>
public sealed class NewRuleTests
{
    private static readonly RuleFiles Files = new("lost-page", "KMM9999", "Gup");

    [Fact]
    public void The_class_compiles_and_loads_under_its_name()
    {
        var rules = AnalyzerSet.Load(Compile(TextOf(".cs")));
        var rule = Assert.Single(rules.Catalog.Rules, static rule => rule.Name == "lost-page");
        Assert.Equal("KMM9999", rule.Descriptor.Id);
        Assert.Equal("LostPage", rule.PageStem);
    }

    [Fact]
    public void The_fixture_compiles_and_fails_until_the_rule_is_written()
    {
        var unit = RuleRun.Parse("LostPage.c", TextOf(".c"));
        Assert.Single(WantedFinding.In(unit, "warning"));
        Assert.Empty(RuleRun.Run(unit).Findings);
    }

    [Fact]
    public void The_page_has_the_sections_that_every_page_has() =>
        Assert.Equal(["## Bad", "## Good", "## Cure", "## Heard as", "## Limits"], TextOf(".md").Split('\n').Where(static line => line.StartsWith("## ", StringComparison.Ordinal)));

    [Theory]
    [InlineData("Lost-Page", "KMM9999", "Gup")]
    [InlineData("lost-page", "9999", "Gup")]
    [InlineData("lost-page", "KMM9999", "../Gup")]
    public void Other_names_are_refused(string name, string number, string area) => Assert.Throws<UserError>(() => new RuleFiles(name, number, area));

    private static string TextOf(string ending) => Files.Files.Single(file => file.Path.EndsWith(ending, StringComparison.Ordinal)).Text;

    private static Assembly Compile(string code)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "LostPage", [CSharpSyntaxTree.ParseText(code)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return Assembly.Load(image.ToArray());
    }
}

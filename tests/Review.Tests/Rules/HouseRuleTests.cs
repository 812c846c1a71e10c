using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Review.Core.Engine;

namespace Review.Tests.Rules;

/// <summary>What every rule and every project has to keep to.</summary>
public sealed partial class HouseRuleTests
{
    /// <summary>Longest a rule's file may be, in lines: past that a domain class is missing.</summary>
    private const int LongestRule = 350;

    private static readonly string Root = FindRoot();

    /// <summary>The arrows of the architecture: a project, and what it may refer to. Review.Cli puts everything together.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Review.Core"] = [],
        ["Review.Flow"] = ["Review.Core"],
        ["Review.Clang"] = ["Review.Core", "Review.Clang.Interop"],
        ["Review.Clang.Interop"] = [],
        ["Review.Kernel"] = ["Review.Core"],
        ["Review.Model"] = ["Review.CSharp"],
        ["Review.Witness"] = ["Review.Core", "Review.Model"],
        ["Review.CSharp"] = [],
        ["Review.Rules"] = ["Review.Core", "Review.Flow", "Review.Tables"],
        ["Review.Tables"] = ["Review.Core", "Review.Flow"],
    };

    /// <summary>The same of the libraries around it.</summary>
    private static readonly Dictionary<string, string[]> OuterArrows = new(StringComparer.Ordinal)
    {
        ["patches/Review.Patches"] = ["Review.Core"],
        ["tools/Review.Lsp"] = ["Review.Core"],
        ["tools/Review.Bot"] = ["Review.Core", "Review.Patches"],
        ["tools/Review.Dashboard"] = ["Review.Bot"],
    };

    public static TheoryData<string> Classes => [.. RuleRun.Own.Select(static rule => rule.PageStem)];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Messages_begin_in_lower_case_and_end_without_a_full_stop(string @class)
    {
        var analyzer = (KernelAnalyzer)Activator.CreateInstance(RuleRun.RuleOf(@class).Assembly.GetTypes().Single(type => type.Name == @class))!;
        foreach (var descriptor in analyzer.SupportedDiagnostics)
        {
            var message = descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture);
            Assert.False(char.IsUpper(message[0]), message);
            Assert.False(message.EndsWith('.'), message);
            Assert.DoesNotContain(" line ", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_page_belongs_to_a_rule() =>
        Assert.Equal(
            RuleRun.Own.Select(static rule => rule.PageStem).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.Combine(Root, "analyzers/Review.Rules"), "*.md", SearchOption.AllDirectories).Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_rule_is_short(string @class) =>
        Assert.InRange(File.ReadLines(Directory.EnumerateFiles(Path.Combine(Root, "analyzers/Review.Rules"), @class + ".cs", SearchOption.AllDirectories).Single()).Count(), 1, LongestRule);

    [Fact]
    public void Projects_refer_to_what_the_architecture_allows()
    {
        foreach (var (project, allowed) in Arrows.Select(static arrow => KeyValuePair.Create("analyzers/" + arrow.Key, arrow.Value)).Concat(OuterArrows))
        {
            var file = XDocument.Load(Path.Combine(Root, project, Path.GetFileName(project) + ".csproj"));
            var references = file.Descendants("ProjectReference").Select(static reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)).ToList();
            Assert.Empty(references.Except(allowed, StringComparer.Ordinal));
        }

        Assert.Equal(
            Arrows.Keys.Order(StringComparer.Ordinal),
            Directory.EnumerateDirectories(Path.Combine(Root, "analyzers")).Select(static folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_under_analyzers_and_patches_opens_files_processes_or_sockets()
    {
        var offenders = ((string[])["analyzers", "patches"]).SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(static file => File.ReadLines(file).Where(static line => InputOutput().IsMatch(line)).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));
        Assert.Empty(offenders);
    }

    [Fact]
    public void The_language_server_knows_no_rule_and_opens_no_files()
    {
        var project = XDocument.Load(Path.Combine(Root, "tools/Review.Lsp/Review.Lsp.csproj"));
        Assert.Equal(["Review.Core"], project.Descendants("ProjectReference").Select(static reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)));
        Assert.Empty(project.Descendants("PackageReference"));
        Assert.All(Directory.EnumerateFiles(Path.Combine(Root, "tools/Review.Lsp"), "*.cs", SearchOption.AllDirectories), static file => Assert.DoesNotContain(File.ReadLines(file), static line => InputOutput().IsMatch(line)));
    }

    [Fact]
    public void Scripts_of_the_corpus_are_not_named_in_the_product()
    {
        var names = SearchValues.Create([.. Directory.EnumerateFiles(Path.Combine(Root, "tests/corpus/mutations"), "*.sh").Select(static file => Path.GetFileNameWithoutExtension(file)).Where(static name => name != "lib")], StringComparison.Ordinal);
        var sources = new[] { "analyzers", "tools" }.SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories));
        Assert.All(sources.Where(static file => Path.GetExtension(file) is ".cs" or ".facts" or ".md"), file => Assert.Equal("", NamedIn(file)));

        string NamedIn(string file)
        {
            var text = File.ReadAllText(file);
            var place = text.AsSpan().IndexOfAny(names);
            return place < 0 ? "" : text.Substring(place, Math.Min(40, text.Length - place));
        }
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Review.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests do not run inside the repository");
        }

        return folder;
    }

    [GeneratedRegex(@"\b(File|Directory)\.(Read|Write|Open|Create|Delete|Exists|Enumerate)|\bnew (FileStream|StreamReader\(""|Process(\(\)|\s*\{)|Socket\b|HttpClient\b)|Process\.Start")]
    private static partial Regex InputOutput();
}

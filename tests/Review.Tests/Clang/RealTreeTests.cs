using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using ClangSharp.Interop;
using Review.Clang;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Kernel;
using Review.Kernel.Architectures;

namespace Review.Tests.Clang;

/// <summary>What the front end makes of every file that a real kernel compiles in mm/, compared with what clang itself prints of it.</summary>
public sealed class RealTreeTests(RealTreeTests.MemoryManagement kernel) : IClassFixture<RealTreeTests.MemoryManagement>
{
    private static readonly ImmutableArray<(string Keyword, Func<Node, bool> IsIt)> Keywords =
    [
        ("if", static node => node is IfStatement),
        ("for", static node => node is ForStatement),
        ("while", static node => node is WhileStatement or DoStatement),
        ("do", static node => node is DoStatement),
        ("switch", static node => node is SwitchStatement),
        ("case", static node => node is CaseLabel),
        ("return", static node => node is ReturnStatement),
        ("break", static node => node is BreakStatement),
        ("continue", static node => node is ContinueStatement),
    ];

    [KernelFact]
    public void Every_selected_file_is_there_without_errors()
    {
        Assert.True(kernel.Units.Length > 100, $"{kernel.Units.Length} files");
        Assert.All(kernel.Units, static parsed => Assert.Empty(parsed.Unit.Messages));
    }

    [KernelFact]
    public void Nearly_every_function_is_understood_and_every_one_of_madvise_and_gup()
    {
        var problems = kernel.Units.SelectMany(static parsed => parsed.Unit.Problems.Select(problem => $"{parsed.Unit.Path}: {problem.Function}: {problem.Reason}")).ToList();
        var functions = kernel.Units.Sum(static parsed => parsed.Unit.Functions.Length);
        Assert.True(problems.Count * 100 < functions, string.Join('\n', problems));
        Assert.DoesNotContain(problems, static problem => problem.StartsWith("mm/madvise.c", StringComparison.Ordinal) || problem.StartsWith("mm/gup.c", StringComparison.Ordinal));
    }

    [KernelFact]
    public void Every_definition_of_a_file_is_a_function_or_a_problem() => Assert.All(kernel.Units, static parsed => Assert.Equal(
        parsed.Prints.Keys.Order(StringComparer.Ordinal),
        parsed.Unit.Functions.Select(static function => function.Name).Concat(parsed.Unit.Problems.Select(static problem => problem.Function)).Order(StringComparer.Ordinal)));

    [KernelFact]
    public void Trees_have_the_statements_that_clang_prints()
    {
        var compared = 0;
        foreach (var (unit, prints) in kernel.Units)
        {
            foreach (var function in unit.Functions)
            {
                var printed = KeywordCounter.Count(prints[function.Name]);
                var nodes = function.Body.DescendantsAndSelf().ToList();
                Assert.Equal(
                    Keywords.Select(word => $"{unit.Path} {function.Name}() {word.Keyword} {printed.GetValueOrDefault(word.Keyword)}"),
                    Keywords.Select(word => $"{unit.Path} {function.Name}() {word.Keyword} {nodes.Count(word.IsIt)}"));
                compared += nodes.Count(static node => node is Statement);
            }
        }

        Assert.True(compared > 50_000, $"{compared} statements");
    }

    [KernelFact]
    public void Arrows_and_dots_are_those_of_the_source()
    {
        var compared = 0;
        foreach (var (unit, _) in kernel.Units)
        {
            // A target in the middle of macros has no end of its own in the file.
            foreach (var member in Nodes(unit).OfType<MemberExpression>().Where(static member => member.Origin.Kind == OriginKind.Spelled && member.Target.Origin.Kind == OriginKind.Spelled))
            {
                var between = unit.Text.Slice(new TextSpan(member.Target.Span.End, member.Span.End)).TrimStart(')', ' ', '\t', '\n');
                Assert.Equal(member.IsArrow ? "->" : ".", between.StartsWith("->", StringComparison.Ordinal) ? "->" : between[..1]);
                compared++;
            }
        }

        Assert.True(compared > 10_000, $"{compared} members");
    }

    [KernelFact]
    public void Every_node_out_of_a_macro_knows_its_invocation() => Assert.All(kernel.Units, static parsed =>
    {
        var strays = Nodes(parsed.Unit).Where(static node => node.Origin is { Kind: OriginKind.MacroBody, Invocation: null } or { Kind: OriginKind.MacroBody, Macro: null });
        Assert.Empty(strays.Select(node => $"{parsed.Unit.Path}:{parsed.Unit.Text.PositionOf(node.Span.Start).Line} {node.GetType().Name}"));
    });

    [KernelFact]
    public void Every_span_lies_in_its_function() => Assert.All(kernel.Units, static parsed => Assert.All(parsed.Unit.Functions, function =>
        Assert.All(function.Body.DescendantsAndSelf(), node => Assert.True(function.Span.Contains(node.Span), $"{parsed.Unit.Path} {function.Name}() {node.GetType().Name} {node.Span}"))));

    [KernelFact]
    public void Nothing_says_where_the_tree_lies()
    {
        foreach (var (unit, _) in kernel.Units.Where(static parsed => parsed.Unit.Path is "mm/madvise.c" or "mm/gup.c" or "mm/memory.c"))
        {
            Assert.DoesNotContain(KernelFactAttribute.KernelFolder!, TreeDump.Of(unit), StringComparison.Ordinal);
        }
    }

    private static IEnumerable<Node> Nodes(TranslationUnit unit) => unit.Functions.SelectMany(static function => function.Body.DescendantsAndSelf());

    /// <summary>All files of mm/ that kbuild compiles, parsed once, with clang's print of each function by name.</summary>
    public sealed class MemoryManagement
    {
        public ImmutableArray<(TranslationUnit Unit, Dictionary<string, string> Prints)> Units { get; } = KernelFactAttribute.KernelFolder is { } folder ? Parse(folder) : [];

        private static unsafe ImmutableArray<(TranslationUnit Unit, Dictionary<string, string> Prints)> Parse(string folder)
        {
            using var cache = CacheDirectory.Open();
            using var source = KernelSource.Open(cache, folder, null);
            using var first = new ClangParser();
            var kernel = new BuildPreparation(cache, source, useCache: true, nameof(RealTreeTests)).Prepare(Architecture.X86, ConfigurationSource.Default, null, first, ["mm/"]);
            var units = new ConcurrentDictionary<string, (TranslationUnit Unit, Dictionary<string, string> Prints)>(StringComparer.Ordinal);
            Parallel.ForEach(
                kernel.Build.Kbuild.Selected("mm"),
                new ParallelOptions { MaxDegreeOfParallelism = 2 },
                static () => new ClangParser(),
                (file, _, parser) =>
                {
                    var text = new SourceText(file, source.Tree.ReadBytes(file)!);
                    var request = new ParseRequest(text, kernel.Root, kernel.Overlay, kernel.Build.Arguments.For(file, kernel.Root, kernel.Headers));
                    units[file] = parser.WithUnit(request, unit => (new UnitReader((CXTranslationUnitImpl*)unit, request).Read(), Prints((CXTranslationUnitImpl*)unit, "/" + file)));
                    return parser;
                },
                static parser => parser.Dispose());
            return [.. units.OrderBy(static unit => unit.Key, StringComparer.Ordinal).Select(static unit => unit.Value)];
        }

        private static unsafe Dictionary<string, string> Prints(CXTranslationUnitImpl* unit, string path)
        {
            var prints = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var cursor in Cursors.Children(clang.getTranslationUnitCursor(unit)))
            {
                if (cursor.kind == CXCursorKind.CXCursor_FunctionDecl && clang.isCursorDefinition(cursor) != 0)
                {
                    // The place of a function that a macro names is that of the macro, not that of its body.
                    void* file;
                    clang.getFileLocation(clang.getCursorLocation(cursor), &file, null, null, null);
                    if (!NativeText.Take(clang.getFileName(file)).EndsWith(path, StringComparison.Ordinal))
                    {
                        continue;
                    }

                    var policy = clang.getCursorPrintingPolicy(cursor);
                    prints[Cursors.Spelling(cursor)] = NativeText.Take(clang.getCursorPrettyPrinted(cursor, policy));
                    clang.PrintingPolicy_dispose(policy);
                }
            }

            return prints;
        }
    }
}

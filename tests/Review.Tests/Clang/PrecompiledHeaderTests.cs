using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Review.Clang;
using Review.Cli;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Kernel;
using Review.Kernel.Architectures;

namespace Review.Tests.Clang;

/// <summary>A file that is parsed with headers that are compiled already gives the tree that it gives without.</summary>
public sealed partial class PrecompiledHeaderTests
{
    /// <summary>Of every third file of mm/: each has to be compiled whole for it.</summary>
    [KernelFact]
    public void Trees_of_a_real_kernel_are_the_same_with_and_without()
    {
        using var cache = CacheDirectory.Open();
        using var source = KernelSource.Open(cache, KernelFactAttribute.KernelFolder!, null);
        using var first = new ClangParser();
        var kernel = new BuildPreparation(cache, source, useCache: true, nameof(PrecompiledHeaderTests)).Prepare(Architecture.X86, ConfigurationSource.Default, null, first, ["mm/"]);
        var header = new PrecompiledHeaders(cache, source, SelectedFiles.Makers(ToolVersions.Read()), CancellationToken.None) { Expected = static _ => int.MaxValue }.For(kernel);
        Assert.NotNull(header);
        var unlike = new ConcurrentBag<string>();
        var without = new ConcurrentBag<string>();
        var files = kernel.Build.Kbuild.Selected("mm").Where(static (_, index) => index % 3 == 0).ToList();
        Parallel.ForEach(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            static () => new ClangParser(),
            (file, _, parser) =>
            {
                var text = new SourceText(file, source.Tree.ReadBytes(file)!);
                var warnings = kernel.Build.WarningsFor(file);
                var isSample = files.IndexOf(file) % 3 == 0;
                var request = new ParseRequest(text, kernel.Root, kernel.Overlay, [.. kernel.Build.Arguments.For(file, kernel.Root, kernel.Headers), .. warnings.Options]) { WithWarnings = true, Errors = warnings.Errors };
                if (parser.ParseWith(header, request with { Arguments = [.. kernel.Build.Arguments.For(file, kernel.Root, kernel.Headers, header.File), .. warnings.Options] }) is not { } unit)
                {
                    without.Add(file);
                }
                else if (FirstDifference(DumpWithHeaders(parser.Parse(request), isSample), DumpWithHeaders(unit, isSample)) is { } difference)
                {
                    unlike.Add($"{file}: {difference}");
                }

                return parser;
            },
            static parser => parser.Dispose());
        Assert.True(unlike.IsEmpty, string.Join((char)10, unlike.Order(StringComparer.Ordinal)));
        Assert.True(without.Count * 5 < files.Count, $"{without.Count} of {files.Count} are parsed without: {string.Join(' ', without.Order(StringComparer.Ordinal))}");
    }

    [Fact]
    public void A_file_that_includes_what_it_needs_is_the_same() =>
        Assert.Equal(Dump(Plain("#include \"second.h\"\nint f(void) { return second(SECOND); }\n")), Dump(With("#include \"second.h\"\nint f(void) { return second(SECOND); }\n")!));

    [Theory]
    [InlineData("int f(void) { return second(1); }\n")]
    [InlineData("#include \"first.h\"\nint f(void) { return second(1); }\n")]
    [InlineData("#include \"first.h\"\nint f(void) { return SECOND; }\n")]
    public void A_file_that_needs_what_it_does_not_include_is_refused(string text) => Assert.Null(With(text));

    [Theory]
    [InlineData("#define SWITCH 1\n#include \"second.h\"\nint f(void) { return second(1); }\n", false)]
    [InlineData("#undef SWITCH\n#include \"second.h\"\nint f(void) { return second(1); }\n", false)]
    [InlineData("#define UNHEARD_OF 1\n#include \"second.h\"\nint f(void) { return second(1); }\n", true)]
    [InlineData("#include \"second.h\"\n#define SWITCH 1\nint f(void) { return second(1); }\n", true)]
    public void A_file_that_says_how_headers_are_to_be_read_is_refused(string text, bool isTaken) => Assert.Equal(isTaken, With(text) is not null);

    private static TranslationUnit Plain(string text)
    {
        using var folder = new HeaderFolder();
        using var parser = new ClangParser();
        return parser.Parse(folder.Request(text));
    }

    private static TranslationUnit? With(string text)
    {
        using var folder = new HeaderFolder();
        using var parser = new ClangParser();
        var header = folder.Precompile(parser);
        var request = folder.Request(text);
        return parser.ParseWith(header, request with { Arguments = [.. request.Arguments, "-include-pch", header.File] });
    }

    // clang numbers unique names through the whole of what it reads, and the numbers mean nothing.
    internal static string Dump(TranslationUnit unit) => UniqueName().Replace(TreeDump.Of(unit), "$1");

    /// <summary>With the functions of headers by name, and with all of their trees where that is wanted: there are as many as in the files.</summary>
    private static string DumpWithHeaders(TranslationUnit unit, bool withTrees) =>
        Dump(unit) + string.Concat(unit.HeaderFunctions.Select(function => $"{function.Header} {function.Name}\n{(withTrees ? Logged().Replace(UniqueName().Replace(TreeDump.Of(function.Body), "$1"), "logged") : "")}"));

    internal static string? FirstDifference(string one, string other)
    {
        var pairs = one.Split('\n').Zip(other.Split('\n')).Where(static pair => pair.First != pair.Second).Take(1).ToList();
        return pairs.Count > 0 ? $"'{pairs[0].First}' is '{pairs[0].Second}'" : one.Length == other.Length ? null : "one is longer";
    }

    // What is logged begins with a file's pr_fmt, see LeadingMacros.
    [GeneratedRegex(@"StringExpression .* Text=""\\001\d.*")]
    private static partial Regex Logged();

    [GeneratedRegex(@"(__UNIQUE_ID_\w*?|__compiletime_assert_)\d+\b")]
    private static partial Regex UniqueName();
}

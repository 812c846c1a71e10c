using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Review.Core.Source;
using Review.Tables.Headers;
using Review.Tables.Lookups;

namespace Review.Tables.Drift;

/// <summary>The places of a tree that list advice, and what each of them lists.</summary>
public static partial class AdviceDrift
{
    private const string MadviseFile = "mm/madvise.c";
    private const string PerfScript = "tools/perf/trace/beauty/madvise_behavior.sh";

    /// <summary>Compares the places of a tree, and others that stand beside it.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="beside">More places with their texts, e.g. the manual page that is installed.</param>
    public static DriftTable Of(ISourceTree tree, IEnumerable<(string Name, string Text)> beside)
    {
        var places = new List<DriftPlace>();
        foreach (var header in AdviceHeaders.Architectures(tree).Select(name => AdviceHeaders.HeaderOf(tree, name)).Distinct(StringComparer.Ordinal).Prepend("include/uapi/asm-generic/mman.h").Distinct(StringComparer.Ordinal))
        {
            AddHeader(header, "include/uapi/");
        }

        foreach (var header in tree.List("tools/arch").Select(static name => $"tools/arch/{name}include/uapi/asm/mman.h").Where(tree.FileExists).Prepend("tools/include/uapi/asm-generic/mman.h"))
        {
            AddHeader(header, "tools/include/uapi/");
        }

        if (TextOf(tree, MadviseFile) is { } code)
        {
            var clean = new ConditionalText(code).Clean;
            AddNames(MadviseFile, clean);
            AddNames(MadviseFile + ", comments", WithoutCode(code, clean));
            AddNames(MadviseFile + ", kernel-doc", ApiSpecifications.KernelDocIn(code));
        }

        foreach (var file in tree.List("mm").Select(static name => "mm/" + name).Concat(Files(tree, "kernel/api")).Where(static file => file.EndsWith(".c", StringComparison.Ordinal)))
        {
            AddNames(file + ", API specification", TextOf(tree, file) is { } text ? ApiSpecifications.In(text) : "");
        }

        AddPerf();
        foreach (var folder in new[] { "tools/testing/selftests/mm", "tools/testing/selftests/vm" })
        {
            AddNames(folder, string.Join('\n', Files(tree, folder).Select(file => TextOf(tree, file))));
        }

        foreach (var (name, text) in beside)
        {
            AddNames(name, text);
        }

        var found = places.Where(static place => !place.Values.IsEmpty).ToImmutableArray();
        return new DriftTable(found, [.. found.SelectMany(static place => place.Values).GroupBy(static value => value.Key, StringComparer.Ordinal).OrderBy(static values => values.Min(static value => value.Value ?? long.MaxValue)).ThenBy(static values => values.Key, StringComparer.Ordinal).Select(static values => values.Key)]);

        void AddHeader(string header, string root)
        {
            var values = AdviceHeaders.Read(tree, header, root);
            if (values.IsEmpty && header.StartsWith("tools/arch", StringComparison.Ordinal) && TextOf(tree, header) is { } text && text.Contains("uapi/asm-generic/mman", StringComparison.Ordinal))
            {
                // Copies for tools include the generic header by another path.
                return;
            }

            places.Add(new DriftPlace(header, values.ToImmutableSortedDictionary(static value => value.Key, static value => (long?)value.Value, StringComparer.Ordinal)));
        }

        void AddNames(string name, string text) =>
            places.Add(new DriftPlace(name, Name().Matches(text).Select(static match => match.Value).Distinct(StringComparer.Ordinal).ToImmutableSortedDictionary(static advice => advice, static _ => (long?)null, StringComparer.Ordinal)));

        void AddPerf()
        {
            // perf's list is made by a script from headers copied for it, by a pattern of its own; older trees have the list in C.
            if (TextOf(tree, PerfScript) is { } script)
            {
                var headers = Header().Matches(script).Select(static match => match.Value).Distinct(StringComparer.Ordinal).Select(header => TextOf(tree, "tools/include/uapi/asm-generic/" + header));
                AddNames(PerfScript, string.Join('\n', string.Join('\n', headers).Split('\n').Where(static line => Defined().IsMatch(line))));
            }
            else
            {
                AddNames("tools/perf/trace/beauty", string.Join('\n', tree.List("tools/perf/trace/beauty").Where(static file => file.EndsWith(".c", StringComparison.Ordinal) || file.EndsWith(".h", StringComparison.Ordinal)).Select(file => TextOf(tree, $"tools/perf/trace/beauty/{file}"))));
            }
        }
    }

    private static string? TextOf(ISourceTree tree, string file)
    {
        try
        {
            return tree.ReadBytes(file) is { } bytes ? Encoding.Latin1.GetString(bytes) : null;
        }
        catch (SourceTreeException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Files(ISourceTree tree, string folder) =>
        tree.List(folder).SelectMany(name => name.EndsWith('/') ? Files(tree, $"{folder}/{name.TrimEnd('/')}") : [$"{folder}/{name}"]).Where(static file => Path.GetExtension(file) is ".c" or ".h" or ".sh");

    /// <summary>The comments of a text: what is there, and not in the text without them.</summary>
    private static string WithoutCode(string text, string clean) =>
        string.Create(text.Length, (text, clean), static (result, both) =>
        {
            for (var i = 0; i < result.Length; i++)
            {
                result[i] = i < both.clean.Length && both.text[i] == both.clean[i] && both.text[i] != '\n' ? ' ' : both.text[i];
            }
        });

    [GeneratedRegex(@"(?<![A-Za-z0-9_])MADV_[A-Z][A-Z0-9_]*\b")]
    private static partial Regex Name();

    [GeneratedRegex(@"[\w-]+\.h\b")]
    private static partial Regex Header();

    [GeneratedRegex(@"^\s*#\s*define\s+MADV_\w+\s+[0-9]+")]
    private static partial Regex Defined();
}

/// <summary>What the places list.</summary>
/// <param name="Places">The places that list anything.</param>
/// <param name="Advice">All advice, by value.</param>
public sealed record DriftTable(ImmutableArray<DriftPlace> Places, ImmutableArray<string> Advice);

/// <summary>A place that lists advice.</summary>
/// <param name="Name">Its file or folder, or what it is.</param>
/// <param name="Values">The advice with its value; null where the place gives none.</param>
public sealed record DriftPlace(string Name, ImmutableSortedDictionary<string, long?> Values);

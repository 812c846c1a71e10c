using System.Collections.Concurrent;
using Review.Flow.Facts;

namespace Review.Rules;

/// <summary>The fact files that stand beside the rules.</summary>
internal static class FactResource
{
    private static readonly ConcurrentDictionary<string, Lazy<FactTable>> Bases = [];

    /// <summary>
    /// Reads the tables of some names as one, e.g. <c>MmapLock</c> for MmapLock.facts. The first of several is the base on which the others stand: what it says is
    /// the same for all subjects that have it.
    /// </summary>
    public static FactTable Read(params IEnumerable<string> names)
    {
        var all = names.ToList();
        var top = all.Skip(all.Count > 1 ? 1 : 0).ToList();
        return FactTable.Parse(string.Join(", ", top.Select(FileName)), string.Join('\n', top.Select(Text)), all.Count > 1 ? Base(all[0]) : null);
    }

    private static FactTable Base(string name) => Bases.GetOrAdd(name, static name => new Lazy<FactTable>(() => FactTable.Parse(FileName(name), Text(name), null))).Value;

    private static string FileName(string name) => $"{name}.facts";

    private static string Text(string name)
    {
        using var stream = typeof(FactResource).Assembly.GetManifestResourceStream(FileName(name))
            ?? throw new InvalidOperationException($"no facts called {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

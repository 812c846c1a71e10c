using Review.Flow.Facts;

namespace Review.Rules;

/// <summary>The fact files that stand beside the rules.</summary>
internal static class FactResource
{
    /// <summary>Reads the tables of some names as one, e.g. <c>MmapLock</c> for MmapLock.facts.</summary>
    public static FactTable Read(params IEnumerable<string> names) => FactTable.Parse(string.Join('\n', names.Select(Text)));

    private static string Text(string name)
    {
        using var stream = typeof(FactResource).Assembly.GetManifestResourceStream($"{name}.facts")
            ?? throw new InvalidOperationException($"no facts called {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

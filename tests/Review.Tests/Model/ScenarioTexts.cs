namespace Review.Tests.Model;

/// <summary>The project's own scenario files.</summary>
internal static class ScenarioTexts
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "scenarios");

    public static IEnumerable<string> All() =>
        Directory.EnumerateFiles(Folder, "*.json").Append(Path.Combine(AppContext.BaseDirectory, "fixtures", "model", "scenarios.json")).Order(StringComparer.Ordinal).Select(File.ReadAllText);
}

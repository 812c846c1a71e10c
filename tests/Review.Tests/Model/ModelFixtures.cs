using System.IO.Compression;
using Review.Model.Eras;
using Review.Model.Matrix;
using Review.Model.Scenarios;

namespace Review.Tests.Model;

/// <summary>Facts recorded on Linux 6.18 that the model is measured by.</summary>
internal static class ModelFixtures
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "fixtures", "model");

    /// <summary>Scenarios of a file.</summary>
    public static IReadOnlyList<Scenario> Scenarios(string file) => ScenarioReader.Read(File.ReadAllText(Path.Combine(Folder, file)), file).Scenarios;

    /// <summary>Every row of the recorded matrix; the file holds the columns that are compared.</summary>
    public static IEnumerable<MatrixRow> Matrix()
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Folder, "matrix.jsonl.gz")), CompressionMode.Decompress));
        while (text.ReadLine() is { } line)
        {
            yield return MatrixReader.ReadLine(line)!;
        }
    }

    /// <summary>What goes wrong in a scenario on the model; null for nothing.</summary>
    public static string? Run(Scenario scenario, KernelEra? era = null) => ScenarioRun.FirstDifference(scenario, new ModelMachine(era ?? KernelEra.V6_18, KernelBuild.For(scenario)));
}

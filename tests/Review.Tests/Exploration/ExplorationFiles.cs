using Review.Model.Eras;
using Review.Model.Exploration;
using Explored = Review.Cli.Exploring.Exploration;

namespace Review.Tests.Exploration;

/// <summary>The exploration files of the tests, and ways to explore them.</summary>
internal static class ExplorationFiles
{
    /// <summary>The race of a userfaultfd event with a split of the VMA.</summary>
    public static ExplorationFile Race { get; } = Load("uffd-remove-race");

    public static ExplorationFile Load(string name) => ExplorationReader.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "explore", name + ".json")), name);

    public static Explored On(this ExplorationFile file, KernelEra era) => Explored.Of(file, era, new ExplorationBounds());
}

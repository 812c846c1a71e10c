using Review.Core.Diagnostics;
using Review.Core.Syntax;

namespace Review.Core.Engine;

/// <summary>
/// One file under one architecture and configuration. The driver loads it when its turn comes and drops the tree afterwards;
/// a file may come several times, once for every architecture and every change of the configuration.
/// </summary>
/// <param name="Path">File inside the tree.</param>
/// <param name="Load">Makes the tree; called once, on any thread.</param>
public sealed record AnalysisInput(string Path, Func<CancellationToken, LoadedUnit> Load)
{
    /// <summary>What the file is compiled for; inputs of one file differ in it.</summary>
    public AnalysedBuild Build { get; init; } = AnalysedBuild.Only;

    /// <summary>The functions that rules look at; null for all. Of the others nothing is said. Rules about the file as a whole look at it as a whole.</summary>
    public Func<FunctionDefinition, bool>? Functions { get; init; }

    /// <summary>The runs of rules on versions of the file before this one; null if no other version is looked at. An input with a history is the only one of its file.</summary>
    public RunHistory? History { get; init; }

    /// <summary>Inputs of one group and build are looked at together, where files are.</summary>
    public string Group { get; init; } = "";

    /// <summary>True if the tree is there for the others of its group only: no rule looks at it, and it is no part of the result.</summary>
    public bool IsContext { get; init; }
}

/// <summary>A file's tree, or why there is none.</summary>
public sealed class LoadedUnit
{
    private LoadedUnit(TranslationUnit? unit, string reason, string cure)
    {
        Unit = unit;
        Reason = reason;
        Cure = cure;
    }

    /// <summary>The tree; null if the file cannot be analysed.</summary>
    public TranslationUnit? Unit { get; }

    /// <summary>Why there is no tree: lower case, no full stop.</summary>
    public string Reason { get; }

    /// <summary>What a person can do about it.</summary>
    public string Cure { get; }

    /// <summary>The file was parsed.</summary>
    public static LoadedUnit Parsed(TranslationUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return new LoadedUnit(unit, "", "");
    }

    /// <summary>The file cannot be analysed.</summary>
    public static LoadedUnit Failed(string reason, string cure) => new(null, reason, cure);
}

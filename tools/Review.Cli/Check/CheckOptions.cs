using System.Collections.Immutable;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Kernel.Architectures;
using Review.Witness.Claims;

namespace Review.Cli.Check;

/// <summary>What <c>mmreview check</c> was asked to do.</summary>
internal sealed record CheckOptions
{
    /// <summary>Files and patterns as given; the default is the two files the program was made for.</summary>
    public ImmutableArray<string> Files { get; init; } = ["mm/madvise.c", "mm/gup.c"];

    /// <summary>True for all files that kbuild compiles, whatever <see cref="Files"/> says.</summary>
    public bool All { get; init; }

    /// <summary>Which part of the files.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    public required string Kernel { get; init; }

    /// <summary>A revision to read from the object store; null for the work tree.</summary>
    public string? Revision { get; init; }

    public ImmutableArray<Architecture> Architectures { get; init; } = [Architecture.X86];

    /// <summary><c>default</c>, <c>all</c>, or a file of wishes or a complete .config.</summary>
    public required string Configuration { get; init; }

    /// <summary>The value of <c>--rules</c>; null for all.</summary>
    public string? Rules { get; init; }

    /// <summary>Rule assemblies of others.</summary>
    public ImmutableArray<string> Analyzers { get; init; } = [];

    /// <summary>A file of facts found out before; null for none.</summary>
    public string? Facts { get; init; }

    /// <summary>Findings that do not count.</summary>
    public Baseline Baseline { get; init; } = Baseline.Empty;

    /// <summary>False to compute configuration and headers anew.</summary>
    public bool UseCache { get; init; } = true;

    /// <summary>True to tell where the time goes.</summary>
    public bool Profile { get; init; }

    /// <summary>Threads.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>The rules that were asked for.</summary>
    /// <exception cref="UserError">A name is no rule's.</exception>
    public RuleSelection Select(AnalyzerSet known)
    {
        try
        {
            return Rules is null ? RuleSelection.All : RuleSelection.Parse(Rules, known.Catalog);
        }
        catch (RuleSelectionException trouble)
        {
            throw new UserError(trouble.Message, "'mmreview rules' lists them");
        }
    }

    /// <summary>Runs the code that findings are about on the model.</summary>
    public bool Witness { get; init; }

    /// <summary>Claims to run as well, as if a rule had made them.</summary>
    public ImmutableArray<Claim> ForcedClaims { get; init; } = [];
}

using System.Collections.Concurrent;
using Review.Clang;
using Review.Cli.Check;
using Review.Core.Engine;

namespace Review.Cli.Patch;

/// <summary>What the versions of one file that were looked at leave for the next one, which differs from the last in little.</summary>
internal sealed class FileVersions
{
    private readonly ConcurrentDictionary<PreparedKernel, UnitHistory> parsed = new(ReferenceEqualityComparer.Instance);

    /// <summary>The runs of rules.</summary>
    public RunHistory Runs { get; } = new();

    /// <summary>The trees under one architecture and configuration.</summary>
    public UnitHistory Of(PreparedKernel kernel) => parsed.GetOrAdd(kernel, static _ => new UnitHistory());
}

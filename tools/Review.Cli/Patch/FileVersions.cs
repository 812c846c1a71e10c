using System.Collections.Concurrent;
using System.Collections.Immutable;
using Review.Clang;
using Review.Cli.Check;
using Review.Core.Source;

namespace Review.Cli.Patch;

/// <summary>What the versions of one file that were looked at leave for the next one, which differs from the last in little.</summary>
/// <param name="texts">The versions in their order.</param>
internal sealed class FileVersions(ImmutableArray<SourceText> texts)
{
    private readonly ConcurrentDictionary<PreparedKernel, UnitHistory> parsed = new(ReferenceEqualityComparer.Instance);

    /// <summary>The trees under one architecture and configuration.</summary>
    public UnitHistory Of(PreparedKernel kernel) => parsed.GetOrAdd(kernel, _ => new UnitHistory(texts));
}

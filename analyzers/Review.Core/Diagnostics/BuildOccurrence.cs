using System.Collections.Immutable;

namespace Review.Core.Diagnostics;

/// <summary>What a file was compiled for.</summary>
/// <param name="Architecture">E.g. <c>x86_64</c>.</param>
/// <param name="Change">What differs from the configuration that was asked for, e.g. <c>CONFIG_SWAP=n</c>; empty if nothing does.</param>
public sealed record AnalysedBuild(string Architecture, string Change)
{
    /// <summary>For a file that is analysed once.</summary>
    public static AnalysedBuild Only { get; } = new("", "");
}

/// <summary>Where a finding shows when it does not show everywhere its file was looked at.</summary>
/// <param name="In">The builds that have it, in the order they were asked for.</param>
/// <param name="NotIn">The builds that do not.</param>
public sealed record BuildOccurrence(ImmutableArray<AnalysedBuild> In, ImmutableArray<AnalysedBuild> NotIn)
{
    /// <summary>More changes than that are counted.</summary>
    private const int MaximumChanges = 4;

    /// <summary>
    /// The same as a person would say it, e.g. <c>only on arm64</c>, <c>only with CONFIG_SWAP=n</c>, <c>not with CONFIG_NUMA=n</c>: lower case, no full stop.
    /// </summary>
    public string Words
    {
        get
        {
            var architectures = In.Concat(NotIn).Select(static build => build.Architecture).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(name => (Name: name, Has: Of(In, name), Lacks: Of(NotIn, name))).ToList();
            if (architectures.TrueForAll(static one => one.Has.Count == 0 || one.Lacks.Count == 0))
            {
                return "only on " + string.Join(" and ", architectures.Where(static one => one.Has.Count > 0).Select(static one => one.Name));
            }

            var phrases = architectures.Select(static one => (one.Name, Words: Describe(one.Has, one.Lacks))).ToList();
            return phrases.TrueForAll(phrase => phrase.Words == phrases[0].Words)
                ? phrases[0].Words
                : string.Join("; ", phrases.Select(static phrase => phrase.Words == Never ? $"not on {phrase.Name}" : $"on {phrase.Name} {phrase.Words}"));
        }
    }

    private const string Never = "never";

    public bool Equals(BuildOccurrence? other) => other is not null && In.SequenceEqual(other.In) && NotIn.SequenceEqual(other.NotIn);

    public override int GetHashCode() => HashCode.Combine(In.Length, NotIn.Length);

    private static List<string> Of(ImmutableArray<AnalysedBuild> builds, string architecture) =>
        [.. builds.Where(build => build.Architecture == architecture).Select(static build => build.Change)];

    private static string Describe(List<string> has, List<string> lacks) =>
        has.Count == 0 ? Never
        : lacks.Count == 0 ? "always"
        : has.Contains("") ? "not with " + List(lacks)
        : "only with " + List(has);

    private static string List(List<string> changes) => string.Join(" or ", changes.Count > MaximumChanges
        ? [.. changes.Take(MaximumChanges - 1), $"{changes.Count - MaximumChanges + 1} others"]
        : changes);
}

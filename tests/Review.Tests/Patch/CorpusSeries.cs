using System.Collections.Immutable;
using Review.Dev.Corpus;

namespace Review.Tests.Patch;

/// <summary>
/// A series as a sequence of corpus edits. A patch is written as the names of its edits: <c>+NAME</c> puts one in, <c>-NAME</c> takes it out again. What a review of it has to say follows from
/// that sequence alone.
/// </summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Base">Edits that the base already has.</param>
/// <param name="Patches">The patches.</param>
public sealed record CorpusSeries(string Name, string Base, ImmutableArray<string> Patches)
{
    /// <summary>The edits of the base.</summary>
    internal IEnumerable<string> BaseEdits => Words(Base);

    /// <summary>The edits of a patch, from 1, each with its sign.</summary>
    internal IEnumerable<string> EditsOf(int patch) => Words(Patches[patch - 1]);

    /// <summary>Where each bug has to show up.</summary>
    internal ImmutableArray<(Mutation Bug, Placement Placement)> Expected(IReadOnlyDictionary<string, Mutation> corpus)
    {
        var placements = new SortedDictionary<string, Placement>(StringComparer.Ordinal);
        foreach (var name in BaseEdits)
        {
            placements[name[1..]] = new Placement(FindingList.Old, null, null);
        }

        for (var patch = 1; patch <= Patches.Length; patch++)
        {
            foreach (var edit in EditsOf(patch))
            {
                var before = placements.GetValueOrDefault(edit[1..]);
                placements[edit[1..]] = (edit[0], before?.List) switch
                {
                    ('+', null) => new Placement(FindingList.Introduced, patch, null),
                    ('+', FindingList.Cured) => new Placement(FindingList.Old, null, null),
                    ('+', _) => before! with { List = FindingList.Introduced },
                    (_, FindingList.Old) => new Placement(FindingList.Cured, null, patch),
                    _ => before! with { List = FindingList.Transient },
                };
            }
        }

        return [.. placements.Select(pair => (corpus[pair.Key], pair.Value)).Where(static pair => pair.Item1.Rule is not null)];
    }

    public override string ToString() => Name;

    private static string[] Words(string edits) => edits.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The four answers of a review.</summary>
internal enum FindingList
{
    Introduced,
    Transient,
    Cured,
    Old,
}

/// <summary>What a review says of one finding.</summary>
/// <param name="List">What the series has to do with it.</param>
/// <param name="Introduced">The patch that brought it; null if it was there before.</param>
/// <param name="CuredBy">The patch that took it away; null if none did, or the series had brought it.</param>
internal sealed record Placement(FindingList List, int? Introduced, int? CuredBy);

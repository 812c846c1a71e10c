using System.Collections.Immutable;
using Review.Model.Scenarios;

namespace Review.Model.Comparison;

/// <summary>Makes a failing sequence shorter as long as it goes on failing: operations are left out, last ones first.</summary>
public static class Shrinker
{
    private const string Name = "sequence";

    /// <summary>A sequence from which no single operation can be left out. <paramref name="fails"/> is asked at most <paramref name="mostTries"/> times.</summary>
    public static EquatableList<Operation> Shrink(EquatableList<Operation> operations, Func<EquatableList<Operation>, bool> fails, int mostTries = 500)
    {
        var tries = 0;
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var candidate in Shorter(operations))
            {
                if (++tries > mostTries)
                {
                    return operations;
                }

                if (IsScenario(candidate) && fails(candidate))
                {
                    operations = candidate;
                    changed = true;
                    break;
                }
            }
        }

        return operations;
    }

    /// <summary>A scenario that holds the sequence as its steps.</summary>
    public static Scenario AsScenario(EquatableList<Operation> operations, string name, string fact) => new(
        name, fact, Source: null, Split: null, EquatableList<string>.Empty, EquatableList<string>.Empty, EquatableList<Operation>.Empty, operations);

    // Leaving an operation out may take a name away: the format's own reader tells.
    private static bool IsScenario(EquatableList<Operation> operations)
    {
        try
        {
            _ = ScenarioReader.Read(ScenarioWriter.Write(new ScenarioFile(null, null, [AsScenario(operations, Name, Name)])), Name);
            return true;
        }
        catch (ScenarioFormatException)
        {
            return false;
        }
    }

    private static IEnumerable<EquatableList<Operation>> Shorter(EquatableList<Operation> operations)
    {
        var items = operations.ToImmutableArray();
        for (var i = items.Length - 1; i >= 0; i--)
        {
            yield return new(items.RemoveAt(i));
        }

        for (var i = items.Length - 1; i >= 0; i--)
        {
            foreach (var simpler in Simpler(items[i]))
            {
                yield return new(items.SetItem(i, simpler));
            }
        }
    }

    private static IEnumerable<Operation> Simpler(Operation operation)
    {
        switch (operation)
        {
            case Fork fork:
                foreach (var steps in Shorter(fork.Steps))
                {
                    yield return new Fork(steps);
                }

                break;
            case ProcessMadvise { Vector.Count: > 0 } madvise:
                for (var i = 0; i < madvise.Vector.Count; i++)
                {
                    yield return madvise with { Vector = new(madvise.Vector.ToImmutableArray().RemoveAt(i)) };
                }

                break;
            case RangeOperation range when PagesOf(range.Length) is > 1 and var pages:
                yield return range with { Length = AddressExpression.Pages(1) };
                yield return range with { Length = AddressExpression.Pages(pages / 2) };
                yield return range with { Length = AddressExpression.Pages(pages - 1) };
                break;
            case Mmap map when PagesOf(map.Length) is > 1 and var pages:
                yield return map with { Length = AddressExpression.Pages(pages - 1) };
                break;
            case CreateFile { Pages: > 1 } file:
                yield return file with { Pages = file.Pages - 1 };
                break;
            default:
                break;
        }
    }

    private static ulong? PagesOf(AddressExpression length) =>
        length.Terms is [{ Negative: false, Name: null, Unit: AddressUnit.Pages, Number: var pages }] ? pages : null;
}

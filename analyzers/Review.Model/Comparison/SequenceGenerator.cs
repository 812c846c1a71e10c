using System.Collections.Immutable;
using Review.Model.Scenarios;

namespace Review.Model.Comparison;

/// <summary>
/// Makes random sequences of calls for the comparison with a running kernel: one or two mappings of random kinds, then calls
/// that mostly hit them, sometimes beside them, and sometimes with arguments that no sane program passes. Mappings are too small for
/// huge pages: whether one is there to be had depends on the machine's memory. Advice that
/// damages pages (MADV_HWPOISON, MADV_SOFT_OFFLINE) is never among them.
/// </summary>
/// <param name="available">What the machine offers, of <see cref="Requirement"/>; what it does not is left out.</param>
public sealed class SequenceGenerator(IReadOnlySet<string> available)
{
    /// <summary>The most calls after the mappings are made.</summary>
    public const int MostCalls = 12;

    /// <summary>The sequence with this number of those that belong to a seed.</summary>
    public EquatableList<Operation> Make(ulong seed, ulong number)
    {
        var dice = new Dice(Dice.SeedOf(seed, number));
        var maps = new MappingGenerator(dice, available);
        var operations = ImmutableArray.CreateBuilder<Operation>();
        operations.AddRange(maps.Make("A"));
        if (dice.OneIn(3))
        {
            operations.AddRange(maps.Make("B"));
        }

        var calls = new CallGenerator(dice, maps, available);
        for (var left = dice.Between(1, MostCalls); left > 0; left--)
        {
            operations.AddRange(calls.Make());
        }

        operations.AddRange(calls.LastLook());
        return new(operations.ToImmutable());
    }
}

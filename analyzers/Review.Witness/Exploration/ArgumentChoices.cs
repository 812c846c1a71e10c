using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Review.Core.Syntax;
using Review.Model.Memory;
using Review.Witness.Bindings;
using Review.Witness.Interpretation;

namespace Review.Witness.Exploration;

/// <summary>How many of the choices of arguments are tried in an address space.</summary>
/// <param name="HasFlags">One flag at a time, or two other arguments; else one other argument.</param>
/// <param name="IsWholeIfSmall">All combinations if they are few.</param>
internal readonly record struct Breadth(bool HasFlags, bool IsWholeIfSmall);

/// <summary>
/// Which arguments a function is called with, by the types and names of its parameters: the address space, a VMA, addresses in it, each flag that the code asks for, places for
/// results, and null where the code asks whether a pointer is null. A parameter of another kind makes a function none that can be called.
/// </summary>
internal sealed class ArgumentChoices
{
    /// <summary>Calls of one function in one address space; above it arguments differ from the plainest ones in few places.</summary>
    private const int MostCombinations = 64;

    // Of many flags one at a time is enough.
    private const int CostOfFlags = 2;

    private readonly HashSet<string> mayBeNull;
    private readonly ImmutableArray<long> flags;
    private readonly ImmutableArray<long> protections;

    /// <summary>Reads what the functions that a call leads to ask of their parameters.</summary>
    public ArgumentChoices(IReadOnlyCollection<FunctionDefinition> functions)
    {
        mayBeNull = functions.SelectMany(static function => function.Body.DescendantsAndSelf()).SelectMany(TestedForNull).ToHashSet(StringComparer.Ordinal);
        var masks = functions.SelectMany(static function => function.Body.DescendantsAndSelf<BinaryExpression>()).Select(MaskAskedFor).OfType<(string Name, long Mask)>().ToList();
        flags = [.. masks.Where(static asked => IsOfFlags(asked.Name)).SelectMany(static asked => BitsOf(asked.Mask)).Distinct().Order()];
        protections = [.. ((long[])[Read, None, Read | Write, Read | Unknown]).Concat(masks.Where(static asked => asked.Name == Protection).SelectMany(static asked => BitsOf(asked.Mask).Append(asked.Mask)).Select(static mask => Read | mask).Order()).Distinct()];
    }

    /// <summary>All calls that are tried; empty if what a parameter asks for is not there, or nothing is known for it, and then it is named.</summary>
    /// <param name="function">The function.</param>
    /// <param name="situation">The address space.</param>
    /// <param name="breadth">How far arguments differ from the plainest ones.</param>
    /// <param name="unknown">The parameter; null if there is none.</param>
    public ImmutableArray<ImmutableArray<Argument>> For(FunctionDefinition function, Situation situation, Breadth breadth, out string? unknown)
    {
        var choices = new List<(ImmutableArray<Argument> Values, int Cost)>();
        foreach (var parameter in function.Parameters)
        {
            if (Of(parameter, situation) is not { } known)
            {
                unknown = parameter.Name;
                return [];
            }

            choices.Add((known, IsOfFlags(parameter.Name) ? CostOfFlags : 1));
        }

        unknown = null;
        return [.. Combinations(choices, breadth)];
    }

    private static IEnumerable<ImmutableArray<Argument>> Combinations(List<(ImmutableArray<Argument> Values, int Cost)> choices, Breadth breadth)
    {
        var mostCost = breadth.HasFlags ? CostOfFlags : 1;
        var isSmall = breadth.IsWholeIfSmall && choices.Aggregate(1L, static (product, choice) => product * choice.Values.Length) <= MostCombinations;
        IEnumerable<(ImmutableArray<Argument> Arguments, int Cost)> all = [([], 0)];
        foreach (var (values, cost) in choices)
        {
            all =
            [
                .. from start in all
                   from number in Enumerable.Range(0, values.Length)
                   let total = start.Cost + (number == 0 ? 0 : cost)
                   where isSmall || total <= mostCost
                   select (start.Arguments.Add(values[number]), total),
            ];
        }

        return all.Select(static call => call.Arguments);
    }

    /// <summary>The values of a parameter; null if it is of a kind that nothing is known for.</summary>
    private ImmutableArray<Argument>? Of(VariableSymbol parameter, Situation situation)
    {
        var (name, type) = (parameter.Name, parameter.Type);
        return type.Canonical switch
        {
            _ when type.IsPointerTo(KernelObjects.Mm) => [new Argument("mm", static setting => AddressOf(setting, KernelObjects.Mm, setting.Mission.Space))],
            _ when type.IsPointerTo(KernelObjects.Vma) => OfVma(name, situation),
            _ when type.IsPointerTo("mmu_gather") => [new Argument(name, setting => OpenGather(setting, name, type.Pointee!.Size))],
            _ when type.IsPointerToPointerTo(KernelObjects.Page) || (type.IsPointerToPointerTo(KernelObjects.Vma) && name == "vmas") => OrNull(name, new Argument(name, setting => Value.Of((long)setting.Memory.Allocate((long)(situation.Length / Pages.Size) * 8, name)))),
            _ when type.IsPointerToPointerTo(KernelObjects.Vma) => [Watched(name, "&prev", HandedOver.Previous, 8, 0)],
            PointerType { Target.Canonical: IntegerType { IsBool: true } } => OrNull(name, Watched(name, $"&{name}", HandedOver.Dropped, 1, 0)),
            PointerType { Target.Canonical: IntegerType { Size: 4 } } when name == "locked" => OrNull(name, Watched(name, $"&{name}", HandedOver.Locked, 4, 1)),
            RecordType { Name: "pgprot", Size: 8 } => [new Argument(name, setting => setting.Local(name, 8, ReadOnly))],
            IntegerType { IsBool: true } => [Number(0), Number(1)],
            PointerType { Target.Canonical: IntegerType { Size: 1 } } when name == "uaddr" => [Place(situation.Start, situation)],
            IntegerType when name == Protection => [.. protections.Select(Number)],
            IntegerType { Size: 4 } when name == "pkey" => [Number(NoKey), Number(0), Number(1)],
            PointerType { Target.Canonical: RecordType { Name: "zap_details" } } => [new Argument("NULL", static _ => Value.Of(0))],
            IntegerType when IsOfFlags(name) => [Number(0), .. flags.Select(Number)],
            IntegerType { Size: 8 } => OfAddress(name, situation),
            _ => null,
        };
    }

    // PROT_NONE, PROT_READ, PROT_WRITE, and a bit that x86 does not know (PROT_SAO of others).
    private const string Protection = "prot";
    private const long None = 0;
    private const long Read = 1;
    private const long Write = 2;
    private const long Unknown = 0x10;

    // pkey_mprotect() without a key; a new process has allocated key 0 alone.
    private const long NoKey = -1;

    // PAGE_READONLY of x86-64: _PAGE_PRESENT, _PAGE_USER, _PAGE_ACCESSED, _PAGE_NX.
    private const long ReadOnly = unchecked((long)0x8000_0000_0000_0025);

    /// <summary>The VMA of the range, or for a name that says so the one that pages are moved or copied to.</summary>
    private static ImmutableArray<Argument> OfVma(string name, Situation situation)
    {
        var space = situation.Machine.Process(situation.Process).Space;
        if (name.StartsWith("dst", StringComparison.Ordinal))
        {
            return situation.Machine.Process(DirectSituations.Child).Space is var child && situation.Machine.Space(child).Lookup(situation.Start) is { } copy ? [Vma(copy, child, "of the child")] : [];
        }

        var start = name.StartsWith("new", StringComparison.Ordinal) ? situation.Start + DirectSituations.Distance : situation.Start;
        return situation.Machine.Space(space).Lookup(start) is { } vma ? [Vma(vma, space, "")] : [];

        Argument Vma(Vma vma, int owner, string whose) => new(
            $"vma {Places.Of(vma.Start, situation.Start)}..{Places.Of(vma.End, situation.Start)}{(whose.Length > 0 ? " " : "")}{whose}",
            setting => AddressOf(setting, KernelObjects.Vma, owner == setting.Mission.Space ? vma.Id : KernelObjects.ForeignVma(owner, vma.Id)));
    }

    private static ImmutableArray<Argument>? OfAddress(string name, Situation situation) => name switch
    {
        "start" or "addr" or "address" or "old_addr" => [Place(situation.Start, situation)],
        "new_addr" => [Place(situation.Start + DirectSituations.Distance, situation)],
        "end" => [Place(situation.Start + situation.Length, situation)],
        "len" or "length" or "size" or "old_len" => [Number((long)situation.Length)],
        "nr_pages" => [Number((long)(situation.Length / Pages.Size))],
        _ => null,
    };

    private static Argument Place(ulong address, Situation situation) => new(Places.Of(address, situation.Start), _ => Value.Of((long)address));

    private ImmutableArray<Argument> OrNull(string name, Argument argument) => mayBeNull.Contains(name) ? [argument, new Argument("NULL", static _ => Value.Of(0))] : [argument];

    private static Argument Number(long number) => new(number < 10 ? number.ToString(CultureInfo.InvariantCulture) : $"0x{number:x}", _ => Value.Of(number));

    private static Argument Watched(string name, string words, HandedOver kind, int size, long value) => new(words, setting =>
    {
        var address = setting.Local(name, size, value);
        setting.Watched.Add((kind, name, (ulong)address.Bits));
        return address;
    });

    private static Value AddressOf(CallSetting setting, string record, int id) => Value.Of((long)setting.Memory.AddressOf(new ForeignObject(record, id)));

    private static Value OpenGather(CallSetting setting, string name, long size)
    {
        var tlb = setting.Memory.Allocate(Math.Max(size, 8), name, isZero: true);
        setting.State = setting.State with { Gathers = setting.State.Gathers.SetItem(tlb, BatchState.Open) };
        return Value.Of((long)tlb);
    }

    /// <summary>The names of the pointers that a condition, or !, takes as true or false.</summary>
    private static IEnumerable<string> TestedForNull(Core.Syntax.Node node)
    {
        Expression?[] tested = node switch
        {
            IfStatement choice => [choice.Condition],
            UnaryExpression { Operator: UnaryOperator.LogicalNot } not => [not.Operand],
            BinaryExpression { Operator: BinaryOperator.LogicalAnd or BinaryOperator.LogicalOr } both => [both.Left, both.Right],
            ConditionalExpression choice => [choice.Condition],
            _ => [],
        };
        return tested.Select(static expression => Bare(expression!)).OfType<NameExpression>().Where(static name => name.Type.Pointee is not null).Select(static name => name.Symbol.Name);
    }

    /// <summary>The word and the mask of an expression that asks a word for bits; null for any other.</summary>
    private static (string Name, long Mask)? MaskAskedFor(BinaryExpression both)
    {
        return both.Operator == BinaryOperator.BitwiseAnd ? Asked(both.Left, both.Right) ?? Asked(both.Right, both.Left) : null;

        static (string Name, long Mask)? Asked(Expression word, Expression mask) => mask.Constant is > 0 and <= int.MaxValue and var bits && NameOf(Bare(word)) is { } name ? (name, bits) : null;
    }

    private static IEnumerable<long> BitsOf(long mask)
    {
        for (var rest = (uint)mask; rest != 0; rest &= rest - 1)
        {
            yield return 1L << BitOperations.TrailingZeroCount(rest);
        }
    }

    // Those of a VMA come with the VMA.
    private static bool IsOfFlags(string name) => name.EndsWith("flags", StringComparison.Ordinal) && !name.StartsWith("vm_", StringComparison.Ordinal);

    private static string? NameOf(Expression expression) => expression switch
    {
        NameExpression name => name.Symbol.Name,
        UnaryExpression { Operator: UnaryOperator.Dereference } dereference => NameOf(Bare(dereference.Operand)),
        _ => null,
    };

    private static Expression Bare(Expression expression) => expression is CastExpression cast ? Bare(cast.Operand) : expression;
}

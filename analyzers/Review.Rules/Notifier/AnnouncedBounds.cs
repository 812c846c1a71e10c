using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Notifier;

/// <summary>Compares the bounds of work with those that were announced to mmu notifiers, as far as values tell.</summary>
internal static class AnnouncedBounds
{
    /// <summary>What a page table of 512 entries maps, with pages of 4 KB; others map more.</summary>
    private const long SmallestTable = 512 * 4096;

    /// <summary>True if work from one address goes further than what is announced from another one.</summary>
    public static bool IsBefore(PathState state, Value worked, Value announced) => IsMovedFrom(state, worked, announced, BinaryOperator.Subtract) || IsMovedFrom(state, announced, worked, BinaryOperator.Add);

    /// <summary>True if work up to one address goes further than what is announced up to another one.</summary>
    public static bool IsBehind(PathState state, Value worked, Value announced) => IsMovedFrom(state, worked, announced, BinaryOperator.Add) || IsMovedFrom(state, announced, worked, BinaryOperator.Subtract);

    /// <summary>True for work up to an address that a parameter gives, itself or as a length, where a fixed number of bytes from the same start was announced.</summary>
    public static bool IsFixedPartOf(PathState state, Value workedFrom, Value workedTo, Value announcedFrom, Value announcedTo) =>
        workedFrom == announcedFrom && (IsParameter(workedTo) || IsLengthFrom(state, workedTo, workedFrom)) && IsMovedFrom(state, announcedTo, announcedFrom, BinaryOperator.Add);

    /// <summary>True if the range that begins at an address is a fixed number of bytes, and less than what the smallest page table maps.</summary>
    public static bool IsLessThanTable(PathState state, Value address, Value announcedFrom, Value announcedTo) =>
        address == announcedFrom && IsMovedFrom(state, announcedTo, announcedFrom, BinaryOperator.Add) && announcedTo is UnknownValue { Source: BinaryExpression { Right.Constant: < SmallestTable } };

    /// <summary>True if a range begins at the end of something, and ends where that begins.</summary>
    public static bool AreSwapped(Value from, Value to) => (from, to) switch
    {
        (UnknownValue { Source: InitialContent { Place: FieldPlace { Field.Name: "vm_end", Container: var one } } }, UnknownValue { Source: InitialContent { Place: FieldPlace { Field.Name: "vm_start", Container: var other } } }) => one == other,
        (UnknownValue { Source: InitialContent { Place: VariablePlace { Variable: { Kind: VariableKind.Parameter } end } } }, UnknownValue { Source: InitialContent { Place: VariablePlace { Variable: { Kind: VariableKind.Parameter } start } } }) =>
            end.Ordinal == start.Ordinal + 1,
        _ => false,
    };

    /// <summary>True if a value was made of another one by adding or subtracting a number.</summary>
    private static bool IsMovedFrom(PathState state, Value moved, Value from, BinaryOperator @operator) =>
        moved is UnknownValue { Generation: 0, Source: BinaryExpression { Right.Constant: > 0 } step } && step.Operator == @operator && from is UnknownValue && ExpressionSemantics.Evaluate(state, step.Left) == from;

    /// <summary>True for the sum of an address and a length that a parameter gives.</summary>
    private static bool IsLengthFrom(PathState state, Value sum, Value from) =>
        sum is UnknownValue { Generation: 0, Source: BinaryExpression { Operator: BinaryOperator.Add } end } && ExpressionSemantics.Evaluate(state, end.Left) == from && IsParameter(ExpressionSemantics.Evaluate(state, end.Right));

    private static bool IsParameter(Value value) => value is UnknownValue { Source: InitialContent { Place: VariablePlace { Variable.Kind: VariableKind.Parameter } } };
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Review.Core.Syntax;

namespace Review.Flow.Facts;

/// <summary>
/// The members of records as one file knows them, by name: what was found out about a function of another file, or read from text, speaks of members of its own.
/// For a member that the file never names stands one that is the same for the whole file.
/// </summary>
internal sealed class FieldNames
{
    private static readonly ConditionalWeakTable<TranslationUnit, FieldNames> Known = [];

    private readonly ConcurrentDictionary<(string Record, string Name), FieldSymbol> fields = [];

    private FieldNames(TranslationUnit unit)
    {
        foreach (var member in unit.Functions.Concat(unit.HeaderFunctions).SelectMany(static function => function.Body.DescendantsAndSelf<MemberExpression>()))
        {
            _ = fields.TryAdd((member.Field.Record, member.Field.Name), member.Field);
        }
    }

    /// <summary>The members that a file names.</summary>
    public static FieldNames Of(TranslationUnit unit) => Known.GetValue(unit, static unit => new FieldNames(unit));

    /// <summary>The same outcomes, about this file's members.</summary>
    public ImmutableArray<CallOutcome> Translate(ImmutableArray<CallOutcome> outcomes) =>
        outcomes.IsDefault || outcomes.All(static outcome => outcome.Flags.IsEmpty && outcome.Outputs.All(static output => output.Field is null))
            ? outcomes
            : [.. outcomes.Select(outcome => outcome with
            {
                Outputs = [.. outcome.Outputs.Select(output => output with { Field = output.Field is { } field ? Find(field) : null })],
                Flags = [.. outcome.Flags.Select(flag => flag with { Field = Find(flag.Field) })],
            })];

    private FieldSymbol Find(FieldSymbol field) => fields.GetOrAdd((field.Record, field.Name), static (_, field) => field, field);
}

using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Core.Dependencies;

/// <summary>
/// What a fact says, as text that is the same for two versions of a file if and only if the fact says the same of both, wherever in the file that stands. It is read off the
/// fact's fields, so that no fact can forget to tell of one. Of a class whose meaning is not known here there is no account, and the fact counts as another one each time; so does
/// every fact in a program in which fields that nobody names are gone.
/// </summary>
internal sealed class FactContent
{
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Fields = [];

    private const string NamesAreKept = "The program of machine code is made with the names of all fields, IlcTrimMetadata; without them there is no account.";

    private static readonly bool FieldsAreKnown = Of(new Probe(KeyValuePair.Create(0, (0, 1))), 0) != Of(new Probe(KeyValuePair.Create(0, (0, 2))), 0);

    /// <summary>Collections in collections; a fact that is deeper may lead back to itself.</summary>
    private const int MaximumDepth = 32;

    private readonly StringBuilder text = new();
    private readonly Dictionary<object, int> seen = new(ReferenceEqualityComparer.Instance);
    private readonly int depth;

    private FactContent(int depth) => this.depth = depth;

    /// <summary>The content of a fact, or of the answer that one gave; null if that cannot be said.</summary>
    public static string? Of(object? fact) => FieldsAreKnown ? Of(fact, 0) : null;

    private static string? Of(object? fact, int depth)
    {
        var content = new FactContent(depth);
        return depth <= MaximumDepth && content.Write(fact) ? content.text.ToString() : null;
    }

    private bool Write(object? value)
    {
        switch (value)
        {
            case null:
                return Say("null");
            case string or bool or char or Enum or Type:
            case sbyte or byte or short or ushort or int or uint or long or ulong:
                return Say(value.ToString()!);
            case INoted or TranslationUnit or SourceText or Engine.UnitFacts or Lock:
                // What is read of these is noted, or was read when the fact was made; a lock says nothing.
                return Say(value.GetType().Name);
            case Node node:
                return node.Identity is var (revision, index) && Say(string.Create(CultureInfo.InvariantCulture, $"{revision}.{index}"));
            case FunctionDefinition function:
                return Say(function.Name);
            case VariableSymbol variable:
                // A local variable says nothing without its function.
                return variable.Kind is VariableKind.Parameter or VariableKind.Global && Say(string.Create(CultureInfo.InvariantCulture, $"{variable.Kind} {variable.Ordinal} {variable.Name} {variable.Type.Spelling}"));
            case FieldSymbol field:
                return field.Record.Length > 0 && Say($"{field.Record}.{field.Name}");
            case EnumeratorSymbol enumerator:
                return Say(string.Create(CultureInfo.InvariantCulture, $"{enumerator.Name} {enumerator.Value}"));
            case Symbol symbol:
                return Say(symbol.Name);
            case CType type:
                return Say($"{type.GetType().Name} {type.Spelling}");
            case IUntold or Delegate or TextSpan or MacroInvocation:
                return false;
            default:
                return WriteParts(value);
        }
    }

    private bool WriteParts(object value)
    {
        var type = value.GetType();
        if (!type.IsValueType && !seen.TryAdd(value, seen.Count))
        {
            return Say(string.Create(CultureInfo.InvariantCulture, $"again {seen[value]}"));
        }

        var isOwn = type.Namespace?.StartsWith(nameof(System), StringComparison.Ordinal) != true;
        if (!isOwn && value is IEnumerable elements)
        {
            return IsCollection(type) && (IsNothing(type, value) ? Say("nothing") : WriteElements(elements, IsInOrder(type)));
        }

        return (isOwn || value is ITuple || IsPair(type)) && Say(type.Name) && Array.TrueForAll(FieldsOf(type), field => Write(field.GetValue(value)));
    }

    private bool WriteElements(IEnumerable elements, bool isInOrder)
    {
        if (isInOrder)
        {
            foreach (var element in elements)
            {
                if (!Write(element))
                {
                    return false;
                }
            }

            return Say("end");
        }

        var parts = new List<string>();
        foreach (var element in elements)
        {
            if (Of(element, depth + 1) is not { } part)
            {
                return false;
            }

            parts.Add(part);
        }

        parts.Sort(StringComparer.Ordinal);
        return parts.TrueForAll(Say) && Say("end");
    }

    private bool Say(string word)
    {
        _ = text.Append(CultureInfo.InvariantCulture, $"{word.Length}:").Append(word);
        return true;
    }

    /// <summary>Collections hold what they hold; a query that is run when somebody looks may hold something else then.</summary>
    private static bool IsCollection(Type type) =>
        type.IsArray || type.Namespace is "System.Collections.Generic" or "System.Collections.Immutable" or "System.Collections.Frozen" || type.Name is "Lookup`2" or "Grouping`2" or "CollectionLookup`2" or "EmptyLookup`2";

    private static bool IsInOrder(Type type) => type.IsArray || type.Name is "List`1" or "ImmutableArray`1" or "ImmutableList`1" or "Stack`1" or "Queue`1" or "Grouping`2" or "ReadOnlyCollection`1";

    /// <summary>True for an immutable array that was never made, which cannot be looked at.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = NamesAreKept)]
    private static bool IsNothing(Type type, object value) => type.Name == "ImmutableArray`1" && value.Equals(Activator.CreateInstance(type));

    private static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    private static FieldInfo[] FieldsOf(Type type) => Fields.GetOrAdd(type, ReadFields);

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = NamesAreKept)]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = NamesAreKept)]
    private static FieldInfo[] ReadFields(Type type)
    {
        var fields = new List<FieldInfo>();
        for (var part = type; part is not null; part = part.BaseType)
        {
            fields.AddRange(part.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
        }

        return [.. fields];
    }

    /// <summary>Has fields that nobody names, of each kind of type.</summary>
    private sealed record Probe(KeyValuePair<int, (int, int)> Parts);
}

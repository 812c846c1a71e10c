using System.Collections.Immutable;

namespace Review.Model.Scenarios;

/// <summary>The words of the format for a set of values, both ways.</summary>
internal sealed class Words<T>
    where T : struct, Enum
{
    private readonly ImmutableArray<(string Word, T Value)> pairs;

    public Words(params ImmutableArray<(string Word, T Value)> pairs) => this.pairs = pairs;

    public T Read(FieldReader fields, string field) => ValueOf(fields, field, fields.String(field));

    public T? ReadOptional(FieldReader fields, string field) => fields.OptionalString(field) is { } word ? ValueOf(fields, field, word) : null;

    public string WordOf(T value) => pairs.First(pair => EqualityComparer<T>.Default.Equals(pair.Value, value)).Word;

    public T ValueOf(FieldReader fields, string field, string word)
    {
        foreach (var pair in pairs)
        {
            if (pair.Word == word)
            {
                return pair.Value;
            }
        }

        throw fields.Error(field, $"unknown word '{word}' (known: {string.Join(", ", pairs.Select(static pair => pair.Word))})");
    }

    /// <summary>The words of the flags that are set in a value.</summary>
    public IEnumerable<string> WordsOf(T value) => pairs.Where(pair => value.HasFlag(pair.Value)).Select(static pair => pair.Word);
}

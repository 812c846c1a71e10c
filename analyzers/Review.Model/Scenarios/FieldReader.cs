using System.Text.Json;

namespace Review.Model.Scenarios;

/// <summary>
/// Reads the fields of one JSON object by name and type. Every error names the place; a field that nobody asked for is an
/// error too, since a mistyped "expect" would otherwise weaken a scenario silently.
/// </summary>
internal sealed class FieldReader
{
    private readonly Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);
    private readonly SortedSet<string> known = new(StringComparer.Ordinal) { "comment" };

    public FieldReader(JsonElement element, string place, NameScope scope)
    {
        Place = place;
        Scope = scope;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new ScenarioFormatException(place, $"wrong type: an object is wanted, {TypeOf(element)} found");
        }

        foreach (var property in element.EnumerateObject())
        {
            var name = TextOf(() => property.Name) ?? throw new ScenarioFormatException(place, "a field's name is no valid Unicode text");
            if (!fields.TryAdd(name, property.Value))
            {
                throw new ScenarioFormatException($"{place}: {name}", "the field is given twice");
            }
        }
    }

    /// <summary>Where the object stands.</summary>
    public string Place { get; private set; }

    /// <summary>The names that may be used here.</summary>
    public NameScope Scope { get; }

    /// <summary>Adds to the place, once it is known what the object is.</summary>
    public void Refine(string place) => Place = place;

    public ScenarioFormatException Error(string field, string problem) => new($"{Place}: {field}", problem);

    public bool Has(string field)
    {
        known.Add(field);
        return fields.ContainsKey(field);
    }

    /// <summary>The field's value, or null if it is absent.</summary>
    public JsonElement? Optional(string field) => Has(field) ? fields[field] : null;

    public JsonElement Required(string field) => Optional(field) ?? throw Error(field, "missing field");

    public string String(string field) => StringOf(field, Required(field));

    public string? OptionalString(string field) => Optional(field) is { } value ? StringOf(field, value) : null;

    /// <summary>An integer between the bounds, inclusive.</summary>
    public long Integer(string field, long least, long most) => IntegerOf(field, Required(field), least, most);

    public long? OptionalInteger(string field, long least, long most) =>
        Optional(field) is { } value ? IntegerOf(field, value, least, most) : null;

    /// <summary>true, false, 1 or 0; absent is false.</summary>
    public bool Flag(string field, bool absent = false) => Optional(field) is not { } value ? absent : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => IntegerOf(field, value, 0, 1) == 1,
    };

    /// <summary>The items of an array; an absent one has none.</summary>
    public EquatableList<T> List<T>(string field, Func<JsonElement, string, T> item) => Optional(field) is { } value ? ListOf(field, value, item) : EquatableList<T>.Empty;

    public EquatableList<T> RequiredList<T>(string field, Func<JsonElement, string, T> item) => ListOf(field, Required(field), item);

    public EquatableList<string> Strings(string field) => List(field, (value, place) =>
        value.ValueKind == JsonValueKind.String && TextOf(value.GetString) is { } text
            ? text
            : throw new ScenarioFormatException(place, $"wrong type: a string is wanted, {TypeOf(value)} found"));

    /// <summary>An address expression, or an integer meaning bytes.</summary>
    public AddressExpression Address(string field) => AddressOf(field, Required(field));

    public AddressExpression? OptionalAddress(string field) => Optional(field) is { } value ? AddressOf(field, value) : null;

    /// <summary>A name that the operation defines.</summary>
    public string NewName(string field)
    {
        var name = String(field);
        return AddressExpression.IsName(name) ? name : throw Error(field, $"'{name}' is no name (letters, digits and underscores, not NULL)");
    }

    public string? OptionalNewName(string field) => Has(field) ? NewName(field) : null;

    /// <summary>The name of a file or userfaultfd that was opened before.</summary>
    public string File(string field)
    {
        var name = String(field);
        return Scope.HasFile(name) ? name : throw Error(field, $"unknown name '{name}': no file or userfaultfd of that name was opened before");
    }

    /// <summary>Complains of a field that nobody asked for.</summary>
    public void Finish()
    {
        foreach (var name in fields.Keys.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal))
        {
            throw Error(name, $"unknown field (known: {string.Join(", ", known)})");
        }
    }

    /// <summary>A string's text, or null if it is no valid Unicode (a lone surrogate written as an escape).</summary>
    public static string? TextOf(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };

    public AddressExpression AddressOf(string field, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.TryGetInt64(out var signed) ? AddressExpression.Constant(unchecked((ulong)signed))
                : value.TryGetUInt64(out var unsigned) ? AddressExpression.Constant(unsigned)
                : throw Error(field, "wrong type: an address or length is an expression or an integer");
        }

        var text = StringOf(field, value);
        if (!AddressExpression.TryParse(text, out var expression))
        {
            throw Error(field, $"'{text}' is no address expression (terms joined by + and -: a name, a number, Np pages, Nh huge pages, NULL)");
        }

        return expression.Names.FirstOrDefault(name => !Scope.HasMapping(name)) is { } unknown
            ? throw Error(field, $"unknown name '{unknown}': no mapping of that name was made before")
            : expression;
    }

    private string StringOf(string field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw Error(field, $"wrong type: a string is wanted, {TypeOf(value)} found");
        }

        return TextOf(value.GetString) ?? throw Error(field, "the string is no valid Unicode text");
    }

    private long IntegerOf(string field, JsonElement value, long least, long most)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
        {
            throw Error(field, $"wrong type: an integer is wanted, {(value.ValueKind == JsonValueKind.Number ? "another number" : TypeOf(value))} found");
        }

        return number >= least && number <= most ? number : throw Error(field, $"{number} is not between {least} and {most}");
    }

    private EquatableList<T> ListOf<T>(string field, JsonElement value, Func<JsonElement, string, T> item)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Error(field, $"wrong type: an array is wanted, {TypeOf(value)} found");
        }

        return value.EnumerateArray().Select((element, index) => item(element, $"{Place}: {field}[{index}]")).ToEquatableList();
    }
}

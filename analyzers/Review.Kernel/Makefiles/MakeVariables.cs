using System.Collections.Immutable;
using System.Text;

namespace Review.Kernel.Makefiles;

/// <summary>
/// Make's variables and their expansion, as far as kbuild makefiles need it. Depth and the total amount of text are bounded:
/// beyond, expansions are empty and <see cref="Problem"/> says so.
/// </summary>
internal sealed class MakeVariables(Func<string, string?> configuration)
{
    private const int MaximumDepth = 32;
    private const long MaximumWork = 4_000_000;

    // scripts/Makefile.build makes these simple variables before it reads the makefile: what is added to them is expanded at once.
    private static readonly ImmutableArray<string> Initial =
    [
        "obj-y", "obj-m", "lib-y", "lib-m", "subdir-y", "subdir-m", "ccflags-y", "subdir-ccflags-y", "EXTRA_CFLAGS",
    ];

    private readonly Dictionary<string, Variable> variables =
        Initial.ToDictionary(name => name, _ => new Variable("", IsSimple: true), StringComparer.Ordinal);

    private long spent;
    private int depth;

    /// <summary>Why an expansion was cut short, or null.</summary>
    public string? Problem { get; private set; }

    public void Set(string name, string value) => variables[name] = new Variable(value, IsSimple: true);

    /// <summary>Handles one assignment; the operator is <c>=</c>, <c>:=</c>, <c>::=</c>, <c>?=</c> or <c>+=</c>.</summary>
    public void Assign(string name, string @operator, string value)
    {
        switch (@operator)
        {
            case "+=" when variables.TryGetValue(name, out var old):
                var added = old.IsSimple ? Expand(value) : value;
                if (Spend(old.Text.Length + added.Length))
                {
                    variables[name] = old with { Text = old.Text.Length == 0 ? added : $"{old.Text} {added}" };
                }

                break;
            case "?=" when variables.ContainsKey(name):
                break;
            case ":=" or "::=":
                variables[name] = new Variable(Expand(value), IsSimple: true);
                break;
            default:
                variables[name] = new Variable(value, IsSimple: false);
                break;
        }
    }

    /// <summary>True if a variable has a text, before expansion: make's <c>ifdef</c>.</summary>
    public bool IsDefined(string name) => Raw(name) is { Text.Length: > 0 };

    /// <summary>The words of a variable's expanded value.</summary>
    public ImmutableArray<string> Words(string name) => MakeFunctions.Words(Value(name));

    /// <summary>A variable's expanded value; empty if it is not defined.</summary>
    public string Value(string name) => Raw(name) switch
    {
        null => "",
        { IsSimple: true } simple => simple.Text,
        { } recursive => Expand(recursive.Text),
    };

    /// <summary>The text with every <c>$(...)</c>, <c>${...}</c> and <c>$x</c> replaced.</summary>
    public string Expand(string text)
    {
        var dollar = text.IndexOf('$', StringComparison.Ordinal);
        if (dollar < 0)
        {
            return text;
        }

        if (depth >= MaximumDepth)
        {
            Problem ??= "variables are nested too deeply or refer to themselves";
            return "";
        }

        depth++;
        var result = new StringBuilder();
        var position = 0;
        for (; dollar >= 0 && dollar + 1 < text.Length; dollar = text.IndexOf('$', position))
        {
            result.Append(text, position, dollar - position);
            var next = text[dollar + 1];
            string value;
            if (next is '(' or '{')
            {
                var end = EndOfGroup(text, dollar + 1);
                value = Reference(text[(dollar + 2)..Math.Max(dollar + 2, end - 1)]);
                position = end;
            }
            else
            {
                value = next == '$' ? "$" : Value(next.ToString());
                position = dollar + 2;
            }

            if (!Spend(value.Length + 16))
            {
                depth--;
                return "";
            }

            result.Append(value);
        }

        depth--;
        return result.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>Splits at commas outside parentheses.</summary>
    public static List<string> SplitArguments(string text, int maximum = int.MaxValue)
    {
        var parts = new List<string>();
        var (start, nesting) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '(' or '{':
                    nesting++;
                    break;
                case ')' or '}':
                    nesting--;
                    break;
                case ',' when nesting == 0 && parts.Count < maximum - 1:
                    parts.Add(text[start..i]);
                    start = i + 1;
                    break;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    /// <summary>The index behind the bracket that closes the one at <paramref name="open"/>; the text's length if none does.</summary>
    public static int EndOfGroup(string text, int open)
    {
        var (opening, closing) = text[open] == '(' ? ('(', ')') : ('{', '}');
        var nesting = 0;
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] == opening)
            {
                nesting++;
            }
            else if (text[i] == closing && --nesting == 0)
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    /// <summary>Takes an amount of work from what one makefile may cost; false when it is used up.</summary>
    public bool Spend(long amount)
    {
        if (spent > MaximumWork - amount)
        {
            spent = MaximumWork;
            Problem ??= "variables expand to more than 4 million characters";
            return false;
        }

        spent += amount;
        return true;
    }

    private string Reference(string body)
    {
        var blank = body.AsSpan().IndexOfAny(' ', '\t');
        if (blank > 0 && MakeFunctions.IsFunction(body[..blank]))
        {
            return MakeFunctions.Call(this, body[..blank], body[(blank + 1)..].TrimStart());
        }

        var colon = body.IndexOf(':', StringComparison.Ordinal);
        var equals = body.IndexOf('=', StringComparison.Ordinal);
        if (colon > 0 && equals > colon)
        {
            var (from, to) = (Expand(body[(colon + 1)..equals]), Expand(body[(equals + 1)..]));
            var isPattern = from.Contains('%', StringComparison.Ordinal);
            return MakeFunctions.Substitute(isPattern ? from : $"%{from}", isPattern ? to : $"%{to}", Value(Expand(body[..colon])));
        }

        return Value(Expand(body).Trim());
    }

    private Variable? Raw(string name) =>
        variables.TryGetValue(name, out var variable) ? variable
        : name.StartsWith("CONFIG_", StringComparison.Ordinal) && configuration(name["CONFIG_".Length..]) is { } value ? new Variable(value, IsSimple: true)
        : null;

    private sealed record Variable(string Text, bool IsSimple);
}

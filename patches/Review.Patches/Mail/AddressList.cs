using System.Collections.Immutable;
using System.Text;

namespace Review.Patches.Mail;

/// <summary>Reads address lists of RFC 5322, section 3.4: groups are flattened, comments dropped, quoted names unquoted.</summary>
internal sealed class AddressList
{
    /// <summary>Addresses of one field that are read.</summary>
    private const int Maximum = 1_000;

    private readonly ImmutableArray<Mailbox>.Builder mailboxes = ImmutableArray.CreateBuilder<Mailbox>();
    private readonly StringBuilder name = new();
    private readonly StringBuilder address = new();
    private bool isInBrackets;
    private bool hadBrackets;

    private AddressList()
    {
    }

    /// <summary>Reads the raw value of a field.</summary>
    public static ImmutableArray<Mailbox> Parse(string value)
    {
        var list = new AddressList();
        for (var i = 0; i < value.Length && list.mailboxes.Count < Maximum; i++)
        {
            switch (value[i])
            {
                case '"' when !list.isInBrackets:
                    i = list.ReadQuoted(value, i + 1);
                    break;
                case '(' when !list.isInBrackets:
                    i = EndOfComment(value, i + 1);
                    break;
                default:
                    list.Read(value[i]);
                    break;
            }
        }

        list.Add();
        return list.mailboxes.ToImmutable();
    }

    private void Read(char c)
    {
        switch (c)
        {
            case '<':
                isInBrackets = hadBrackets = true;
                _ = address.Clear();
                break;
            case '>':
                isInBrackets = false;
                break;
            case ':' when !isInBrackets:
                _ = name.Clear();
                break;
            case ',' or ';' when !isInBrackets:
                Add();
                break;
            default:
                _ = (isInBrackets ? address : name).Append(c);
                break;
        }
    }

    private int ReadQuoted(string value, int start)
    {
        var i = start;
        for (; i < value.Length && value[i] != '"'; i++)
        {
            i += value[i] == '\\' && i + 1 < value.Length ? 1 : 0;
            _ = name.Append(value[i]);
        }

        return i;
    }

    private static int EndOfComment(string value, int start)
    {
        var depth = 1;
        for (var i = start; i < value.Length; i++)
        {
            i += value[i] == '\\' ? 1 : 0;
            depth += i >= value.Length ? 0 : value[i] == '(' ? 1 : value[i] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return value.Length;
    }

    private void Add()
    {
        var display = EncodedWords.ToUnicode(name.ToString());
        var target = ByteText.ToUnicode(ByteText.Trim(address.ToString()));
        if (!hadBrackets && display.Contains('@', StringComparison.Ordinal))
        {
            (display, target) = ("", display);
        }

        if (display.Length > 0 || target.Length > 0)
        {
            mailboxes.Add(new Mailbox(display, target));
        }

        _ = name.Clear();
        _ = address.Clear();
        isInBrackets = hadBrackets = false;
    }
}

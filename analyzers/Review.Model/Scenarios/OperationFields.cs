using System.Text.Json;

namespace Review.Model.Scenarios;

/// <summary>Fields that several operations have: what is expected, flags, access rights.</summary>
internal static class OperationFields
{
    public static int MsyncFlags(FieldReader f)
    {
        var flags = (int)(f.OptionalInteger("raw", int.MinValue, int.MaxValue) ?? 0);
        foreach (var word in FlagWords(f, "flags"))
        {
            flags |= word switch
            {
                "sync" => Msync.Sync,
                "async" => Msync.Async,
                "invalidate" => Msync.Invalidate,
                _ => throw f.Error("flags", $"unknown word '{word}' (known: sync, async, invalidate)"),
            };
        }

        return flags;
    }

    public static CallExpectation Call(FieldReader f) => Expectation(f, CallOf) ?? CallExpectation.Success;

    public static CallExpectation? Expectation(FieldReader f, Func<FieldReader, CallExpectation> read)
    {
        if (f.Optional("expect") is not { } expect)
        {
            return null;
        }

        var answer = new FieldReader(expect, $"{f.Place}: expect", f.Scope);
        var expectation = read(answer);
        answer.Finish();
        return expectation;
    }

    public static CallExpectation CallOf(FieldReader answer)
    {
        var result = answer.OptionalAddress("ret");
        if (answer.OptionalString("errno") is not { } name)
        {
            return result is null ? CallExpectation.Success : new CallExpectation(Result: result);
        }

        if (result is not null)
        {
            throw answer.Error("errno", "a call that fails has no 'ret'");
        }

        return Enum.TryParse<Errno>(name, ignoreCase: false, out var errno) && Enum.GetName(errno) == name && errno != Errno.None
            ? CallExpectation.Fails(errno)
            : throw answer.Error("errno", $"unknown error '{name}'");
    }

    public static int ReadAdvice(FieldReader f)
    {
        if (f.Required("advice").ValueKind == JsonValueKind.Number)
        {
            return (int)f.Integer("advice", int.MinValue, int.MaxValue);
        }

        var name = f.String("advice");
        return Madv.TryParse(name, out var advice) ? advice : throw f.Error("advice", $"unknown advice '{name}' (a MADV_ name or an integer)");
    }

    public static Protection Protection(FieldReader f)
    {
        var text = f.OptionalString("prot");
        if (text is null)
        {
            return Scenarios.Protection.Read | Scenarios.Protection.Write;
        }

        return text == "none" ? Scenarios.Protection.None : text.Aggregate(Scenarios.Protection.None, (protection, letter) => protection | letter switch
        {
            'r' => Scenarios.Protection.Read,
            'w' => Scenarios.Protection.Write,
            'x' => Scenarios.Protection.Execute,
            _ => throw f.Error("prot", $"'{text}' is no protection (letters r, w, x, or none)"),
        });
    }

    public static MappingFlags MappingFlags(FieldReader f) =>
        FlagWords(f, "flags").Aggregate(Scenarios.MappingFlags.None, (flags, word) => flags | Vocabulary.MappingFlags.ValueOf(f, "flags", word));

    public static RemapFlags RemapFlags(FieldReader f) =>
        FlagWords(f, "flags").Aggregate(Scenarios.RemapFlags.None, (flags, word) => flags | Vocabulary.RemapFlags.ValueOf(f, "flags", word));

    public static UffdModes Modes(FieldReader f) =>
        FlagWords(f, "mode").Aggregate(UffdModes.None, (modes, word) => modes | Vocabulary.UffdModes.ValueOf(f, "mode", word));

    private static string[] FlagWords(FieldReader f, string field) =>
        (f.OptionalString(field) ?? string.Empty).Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static AddressExpression LengthOrOnePage(FieldReader f) => f.OptionalAddress("len") ?? AddressExpression.Pages(1);

    public static string CharactersOf(FieldReader f, string field, string allowed)
    {
        var text = f.String(field);
        foreach (var character in text.Where(character => !allowed.Contains(character)))
        {
            throw f.Error(field, $"'{character}' is not one of {string.Join(' ', allowed.ToCharArray())}");
        }

        return text;
    }

    public static UffdFeatures Features(FieldReader f) =>
        f.Strings("features").Aggregate(UffdFeatures.None, (features, word) => features | Vocabulary.UffdFeatures.ValueOf(f, "features", word));

    public static Gup.GupFlags GupFlags(FieldReader f) =>
        FlagWords(f, "flags").Aggregate(Gup.GupFlags.None, (flags, word) => flags | Vocabulary.GupFlags.ValueOf(f, "flags", word));
}

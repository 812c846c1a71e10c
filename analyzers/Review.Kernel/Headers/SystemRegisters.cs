using System.Globalization;
using System.Text;

namespace Review.Kernel.Headers;

/// <summary>
/// asm/sysreg-defs.h: macros for arm64 system registers and their fields, from arch/arm64/tools/sysreg. One reader serves
/// all dialects of gen-sysreg.awk from 6.1 on.
/// </summary>
internal sealed class SystemRegisters
{
    private const string Input = "arch/arm64/tools/sysreg";

    private readonly StringBuilder text = new();
    private readonly Dictionary<string, StringBuilder> reserved = new(StringComparer.Ordinal);
    private readonly bool hasUnknown;
    private string register = "";
    private string prefix = "";
    private string? enumeration;

    private SystemRegisters(bool hasUnknown) => this.hasUnknown = hasUnknown;

    public static string Generate(HeaderGeneration generation)
    {
        // Older generators do not know bits whose value is unknown, and then the register has no such macro.
        var script = generation.Tree.ReadText("arch/arm64/tools/gen-sysreg.awk", generation.Problems) ?? "";
        var registers = new SystemRegisters(script.Contains("Unkn", StringComparison.Ordinal));
        var number = 0;
        foreach (var line in generation.Read(Input).Split('\n'))
        {
            number++;
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && !words[0].StartsWith('#') && !registers.Add(words))
            {
                generation.Problems.Add(Input, number, $"'{words[0]}' is not understood here; the line is ignored");
            }
        }

        return registers.text.ToString();
    }

    private bool Add(string[] words) => enumeration is { } name
        ? AddEnumerator(name, words)
        : words switch
        {
            ["SysregFields", var name1, ..] => Begin(name1),
            ["Sysreg", var name2, var op0, var op1, var crn, var crm, var op2, ..] => BeginRegister(name2, op0, op1, crn, crm, op2),
            ["EndSysreg" or "EndSysregFields", ..] => End(),
            ["Prefix", var name3, ..] => BeginPrefix(name3),
            ["EndPrefix", ..] => EndPrefix(),
            ["Fields" or "Mapping", ..] => Clear(),
            ["Res0" or "Res1" or "Unkn", var bits, ..] => Reserve(words[0].ToUpperInvariant(), bits),
            ["Raz", ..] => true,
            ["Field" or "Enum" or "SignedEnum" or "UnsignedEnum", var bits, var field, ..] => AddField(words[0], bits, field),
            _ => false,
        };

    private bool Begin(string name)
    {
        (register, prefix) = (name, "");
        return Reset();
    }

    private bool BeginRegister(string name, string op0, string op1, string crn, string crm, string op2)
    {
        Begin(name);
        Define($"REG_{name}", $"S{op0}_{op1}_C{crn}_C{crm}_{op2}");
        Define($"SYS_{name}", $"sys_reg({op0}, {op1}, {crn}, {crm}, {op2})");
        Define($"SYS_{name}_Op0", op0);
        Define($"SYS_{name}_Op1", op1);
        Define($"SYS_{name}_CRn", crn);
        Define($"SYS_{name}_CRm", crm);
        Define($"SYS_{name}_Op2", op2);
        return true;
    }

    private bool BeginPrefix(string name)
    {
        prefix = $"{name}_";
        return Reset();
    }

    private bool EndPrefix()
    {
        End();
        prefix = "";
        return Reset();
    }

    private bool End()
    {
        foreach (var kind in (ReadOnlySpan<string>)["RES0", "RES1", "UNKN"])
        {
            if (reserved.TryGetValue(kind, out var bits))
            {
                Define($"{prefix}{register}_{kind}", $"({bits})");
            }
        }

        return true;
    }

    private bool Reset()
    {
        reserved.Clear();
        reserved["RES0"] = new StringBuilder("UL(0)");
        reserved["RES1"] = new StringBuilder("UL(0)");
        if (hasUnknown)
        {
            reserved["UNKN"] = new StringBuilder("UL(0)");
        }

        return true;
    }

    private bool Clear()
    {
        reserved.Clear();
        return true;
    }

    private bool Reserve(string kind, string bits)
    {
        if (!TryParseBits(bits, out var high, out var low))
        {
            return false;
        }

        if (!reserved.TryGetValue(kind, out var all))
        {
            reserved[kind] = all = new StringBuilder();
        }

        all.Append(CultureInfo.InvariantCulture, $" | GENMASK_ULL({high}, {low})");
        return true;
    }

    private bool AddField(string kind, string bits, string field)
    {
        if (!TryParseBits(bits, out var high, out var low))
        {
            return false;
        }

        var name = $"{prefix}{register}_{field}";
        Define(name, $"GENMASK({high}, {low})");
        Define($"{name}_MASK", $"GENMASK({high}, {low})");
        Define($"{name}_SHIFT", $"{low}");
        Define($"{name}_WIDTH", $"{high - low + 1}");
        if (kind is "SignedEnum" or "UnsignedEnum")
        {
            Define($"{name}_SIGNED", kind == "SignedEnum" ? "true" : "false");
        }

        enumeration = kind == "Field" ? null : name;
        return true;
    }

    private bool AddEnumerator(string name, string[] words)
    {
        if (words is ["EndEnum", ..])
        {
            enumeration = null;
            return true;
        }

        if (words is not [var bits, var value, ..] || !bits.StartsWith("0b", StringComparison.Ordinal))
        {
            return false;
        }

        Define($"{name}_{value}", $"UL({bits})");
        return true;
    }

    private static bool TryParseBits(string bits, out int high, out int low)
    {
        var colon = bits.IndexOf(':');
        var highText = colon < 0 ? bits : bits[..colon];
        var lowText = colon < 0 ? bits : bits[(colon + 1)..];
        low = 0;
        return int.TryParse(highText, NumberStyles.None, CultureInfo.InvariantCulture, out high)
            && int.TryParse(lowText, NumberStyles.None, CultureInfo.InvariantCulture, out low)
            && high >= low && high < 128;
    }

    private void Define(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"#define {name} {value}\n");
}

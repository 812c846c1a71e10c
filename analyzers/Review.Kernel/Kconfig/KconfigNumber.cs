using System.Globalization;

namespace Review.Kernel.Kconfig;

/// <summary>Numbers as configurations write them: decimal, or hexadecimal with <c>0x</c>.</summary>
internal static class KconfigNumber
{
    /// <summary>The number a text stands for, or null if it is none.</summary>
    public static Int128? Parse(string text)
    {
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var digits = isHex ? text.AsSpan(2) : text;
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowLeadingSign;
        return Int128.TryParse(digits, style, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>True if a text may be given to a symbol: hexadecimal ones need no <c>0x</c>, decimal ones must not have it.</summary>
    public static bool IsValid(SymbolType type, string text)
    {
        var hasPrefix = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return type == SymbolType.Hex
            ? Parse(hasPrefix ? text : $"0x{text}") is not null
            : !hasPrefix && Parse(text) is not null;
    }
}

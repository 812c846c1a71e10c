namespace Review.Tables.Lookups;

/// <summary>The words that begin a type in kernel code, without those that a typedef makes.</summary>
internal static class CTypeWords
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "struct", "enum", "union", "const", "volatile", "unsigned", "signed", "int", "long", "short", "char", "bool", "void", "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "_Bool",
        "static", "inline", "register", "size_t", "ssize_t", "__user", "__maybe_unused",
    };

    public static bool Contains(string word) => Words.Contains(word);
}

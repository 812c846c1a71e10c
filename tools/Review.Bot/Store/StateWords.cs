namespace Review.Bot.Store;

/// <summary>States and kinds as the database spells them: in lower case.</summary>
public static class StateWords
{
    public static string Word(this SeriesState state) => state.ToString().ToLowerInvariant();

    public static string Word(this MessageState state) => state.ToString().ToLowerInvariant();

    public static string Word(this MessageKind kind) => kind.ToString().ToLowerInvariant();

    internal static SeriesState Series(string word) => Enum.Parse<SeriesState>(word, ignoreCase: true);

    internal static MessageState Message(string word) => Enum.Parse<MessageState>(word, ignoreCase: true);

    internal static MessageKind Kind(string word) => Enum.Parse<MessageKind>(word, ignoreCase: true);
}

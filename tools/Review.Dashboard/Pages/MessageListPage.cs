using System.Collections.Immutable;
using Review.Bot.Store;

namespace Review.Dashboard.Pages;

/// <summary>The messages by their states: what waits for a person first.</summary>
internal static class MessageListPage
{
    private const int Length = 50;

    private static readonly ImmutableArray<MessageState> Order =
    [
        MessageState.Draft, MessageState.Unknown, MessageState.Pending, MessageState.Claimed, MessageState.Handing, MessageState.Failed, MessageState.Sent, MessageState.Dropped, MessageState.Discarded,
    ];

    public static Markup Show(BotStore store) => Layout.Page("Messages", Markup.Join(
        Order.Select(state => (State: state, Messages: store.Messages(state, Length))).Where(static group => !group.Messages.IsEmpty)
            .Select(static group => Markup.Of($"<h2>{group.State.Word()}</h2>\n{Table(group.Messages)}"))));

    /// <summary>Messages in a table.</summary>
    public static Markup Table(ImmutableArray<OutboxRecord> messages) => Layout.Table(
        ["message", "to", "state", "why", "changed"],
        messages.Select(static message => (ImmutableArray<Markup>)
        [
            Layout.MessageLink(message), Layout.Text(string.Join(", ", message.Recipients)), Layout.State(message.State.Word()), Layout.Text(message.Reason), Layout.Time(message.ChangedAt),
        ]));
}

using System.Text;
using Review.Bot.Store;

namespace Review.Dashboard.Pages;

/// <summary>A message as it would be sent now, and what the operator can do about it.</summary>
internal static class MessagePage
{
    /// <param name="message">The message.</param>
    /// <param name="formKey">What a form of the operator carries; null for whoever only looks.</param>
    public static Markup Show(OutboxRecord message, string? formKey) => Layout.Page(message.Subject.Length > 0 ? message.Subject : message.Kind.Word(), Markup.Of($"""
        <p>{Layout.State(message.State.Word())} {message.Reason}. {Layout.Time(message.ChangedAt)}. {Layout.Link($"/series/{message.SeriesId}", "the series")}</p>
        <p>To: {(message.Recipients.IsEmpty ? "nobody" : string.Join(", ", message.Recipients))}</p>
        {(formKey is null ? Markup.Of($"<p>Start this page with the address that <code>mmreview bot serve</code> prints to take or discard messages.</p>") : Forms(message, formKey))}
        <pre>{Markup.Lines(Encoding.UTF8.GetString(message.Mail))}</pre>
        """));

    private static Markup Forms(OutboxRecord message, string formKey) => Markup.Of($"{(CanAdopt(message) ? Form(message, formKey, "adopt", "Take it: send what the policy lets through") : Markup.Empty)}{(CanDiscard(message) ? Form(message, formKey, "discard", "Discard it") : Markup.Empty)}");

    private static Markup Form(OutboxRecord message, string formKey, string action, string label) =>
        Markup.Of($"<form method=\"post\" action=\"/message/{Uri.EscapeDataString(message.MessageId)}/{action}\"><input type=\"hidden\" name=\"key\" value=\"{formKey}\"><button>{label}</button></form>\n");

    private static bool CanAdopt(OutboxRecord message) => message is { State: MessageState.Draft, IsAdopted: false };

    private static bool CanDiscard(OutboxRecord message) => message.State is MessageState.Draft or MessageState.Pending or MessageState.Unknown;
}

using System.Collections.Immutable;

namespace Review.Bot.Sending;

/// <summary>A message on its way out.</summary>
/// <param name="MessageId">Its id.</param>
/// <param name="Bytes">The mail, with LF line ends.</param>
/// <param name="Recipients">The addresses that it goes to.</param>
/// <param name="Answers">The id of the patch that it is about.</param>
public sealed record OutgoingMessage(string MessageId, byte[] Bytes, ImmutableArray<string> Recipients, string Answers);

/// <summary>How handing over went.</summary>
public enum HandOverResult
{
    /// <summary>The receiver has it.</summary>
    Done,

    /// <summary>The receiver does not have it, and may take it later.</summary>
    Later,

    /// <summary>The receiver does not want it.</summary>
    Refused,

    /// <summary>The receiver may have it or not.</summary>
    Unknown,

    /// <summary>It was not begun, because the message is somebody else's by now.</summary>
    NotBegun,
}

/// <summary>How handing over went, and why.</summary>
public sealed record HandOver(HandOverResult Result, string Reason)
{
    /// <summary>The receiver has it.</summary>
    public static HandOver Done { get; } = new(HandOverResult.Done, "");

    /// <inheritdoc cref="HandOverResult.NotBegun"/>
    public static HandOver NotBegun { get; } = new(HandOverResult.NotBegun, "");
}

/// <summary>Hands messages over to somebody outside.</summary>
public interface IMailSender
{
    /// <summary>What it is called in the state.</summary>
    string Name { get; }

    /// <summary>Hands a message over.</summary>
    /// <param name="message">The message.</param>
    /// <param name="begin">Called once, before the first thing that cannot be taken back; notes that it is being done. False if it must not be done.</param>
    /// <param name="cancellation">Stops what can still be taken back.</param>
    HandOver Hand(OutgoingMessage message, Func<bool> begin, CancellationToken cancellation);

    /// <summary>Whether a message arrived over whose handing over the bot died; null if that cannot be told.</summary>
    bool? HasArrived(OutgoingMessage message);
}

namespace ChatBot.Core.Commands;

/// <summary>The part of a day that somebody names beside or instead of the hour.</summary>
internal enum PartOfDay
{
    Any,
    Morning,
    Afternoon,
    Evening,
    Night,
}

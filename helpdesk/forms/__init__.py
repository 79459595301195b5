"""What people type at the helpdesk."""

from helpdesk.forms.answer import AnswerForm
from helpdesk.forms.ask import AskForm, OrderForm
from helpdesk.forms.message import MessageForm
from helpdesk.forms.request import RequestForm

__all__ = ["AnswerForm", "AskForm", "MessageForm", "OrderForm", "RequestForm"]

// The look, in the order in which one sheet builds on the other.
import './tokens.css';
import './parts.css';
import './vaadin.css';
import './shell.css';
import './room.css';
import './lists.css';
import './register.css';
import './calendar.css';
import './search.css';
import './signin.css';
import './phone.css';
import './note.css';
